"""Units of measure: which spellings mean the same one, and which can be converted without loss."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from trainer.core.normalise import normalise


class Unit(NamedTuple):
    """A unit under its shortest name. Units of one `dimension` are `factor` times the same thing.

    Units that cannot be converted have a dimension of their own. `count` is the dimension of what is merely
    counted, like people.
    """

    name: str
    dimension: str
    factor: Fraction


# dimension: factor, spellings; the plural in -s need not be listed. Without a dimension: no conversion.
_TABLE = """
usd: 1 $, us$, usd, dollar, us dollar, american dollar, united states dollar, buck
usd: 1/100 cent
eur: 1 €, eur, euro
gbp: 1 £, gbp, pound, pound sterling, pounds sterling, quid, british pound
rub: 1 ₽, rub, rur, rouble, ruble, russian rouble, russian ruble
byn: 1 byn, belarusian rouble, belarusian ruble
uah: 1 ₴, uah, hryvnia
amd: 1 ֏, amd, dram, armenian dram
gel: 1 ₾, gel, lari
azn: 1 ₼, azn, manat
kzt: 1 ₸, kzt, tenge
try: 1 ₺, try, lira, turkish lira
pln: 1 pln, zloty, złoty, zł
jpy: 1 ¥, jpy, yen
cny: 1 cny, rmb, yuan, renminbi
inr: 1 ₹, inr, rupee
krw: 1 ₩, krw, won
chf: 1 chf, franc, swiss franc
cad: 1 cad, canadian dollar
aud: 1 aud, australian dollar
ils: 1 ₪, ils, shekel
btc: 1 ₿, btc, bitcoin
share: 1 %, percent, per cent, pct, per-cent
share: 1/10 ‰, permille, per mille, per mil
points: 1 pp, percentage point, per cent point
length: 1/1000 mm, millimetre, millimeter
length: 1/100 cm, centimetre, centimeter
length: 1 m, metre, meter, mtr
length: 1000 km, kilometre, kilometer
inch: 1 inch, inches
foot: 1 ft, foot, feet
yard: 1 yd, yard
mile: 1 mi, mile
nautical mile: 1 nmi, nautical mile
light year: 1 ly, light year, lightyear
area: 1 m², m2, sq m, sqm, square metre, square meter
area: 10000 ha, hectare
area: 1000000 km², km2, sq km, sqkm, square kilometre, square kilometer
acre: 1 acre
square mile: 1 sq mi, square mile, sq mile
volume: 1/1000 ml, millilitre, milliliter
volume: 1 l, litre, liter
volume: 1000 m³, m3, cubic metre, cubic meter
gallon: 1 gallon
barrel: 1 bbl, barrel
mass: 1/1000 mg, milligram, milligramme
mass: 1 g, gram, gramme
mass: 1000 kg, kilogram, kilogramme, kilo
mass: 1000000 t, tonne, ton, metric ton, metric tonne
ounce: 1 oz, ounce
pound weight: 1 lb, lbs
time: 1/1000 ms, millisecond
time: 1 s, sec, second
time: 60 min, minute
time: 3600 h, hr, hour
time: 86400 d, day
time: 604800 wk, week
calendar: 1 month, mo
calendar: 12 y, yr, year
calendar: 120 decade
calendar: 1200 century, centuries
calendar: 12000 millennium, millennia
speed: 1 km/h, kmh, kph, kilometre per hour, kilometres per hour, kilometer per hour, kilometers per hour
metre a second: 1 m/s, metre per second, metres per second, meter per second, meters per second
mile an hour: 1 mph, mile per hour, miles per hour
knot: 1 knot
celsius: 1 °c, celsius, degree celsius, degrees celsius, centigrade
fahrenheit: 1 °f, fahrenheit, degree fahrenheit, degrees fahrenheit
kelvin: 1 kelvin
degree: 1 °, degree
power: 1 w, watt
power: 1000 kw, kilowatt
power: 1000000 mw, megawatt
power: 1000000000 gw, gigawatt
energy: 1 wh, watt hour
energy: 1000 kwh, kilowatt hour
energy: 1000000 mwh, megawatt hour
volt: 1 volt
hertz: 1 hz, hertz
data: 1 kb, kilobyte
data: 1000 mb, megabyte
data: 1000000 gb, gigabyte
data: 1000000000 tb, terabyte
count: 1 people, person, persons, ppl
times: 1 time, times
"""

COUNT = "count"


def _read() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for line in _TABLE.strip().splitlines():
        dimension, rest = line.split(": ", 1)
        factor, spellings = rest.split(" ", 1)
        names = spellings.split(", ")
        for spelling in names:
            unit = Unit(names[0], dimension, Fraction(factor))
            found.setdefault(normalise(spelling), unit)
            if len(spelling) > 2 or spelling == "yr":
                found.setdefault(normalise(spelling) + "s", unit)
    return found


_UNITS = _read()

CURRENCY_MARKS = tuple(
    sorted((word for word, unit in _UNITS.items() if len(word) < 4 and len(unit.dimension) == 3), key=len)
)[::-1]
"""Marks and codes of currencies, which may stand in front of the number."""


def unit_of(text: str) -> Unit | None:
    """The unit that a text names, whole; None if it is not known."""
    return _UNITS.get(normalise(text))


def unit_names(unit: Unit) -> tuple[str, ...]:
    """Every spelling of a unit, normalised."""
    return tuple(spelling for spelling, one in _UNITS.items() if one == unit)
