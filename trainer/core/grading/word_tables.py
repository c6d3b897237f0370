"""Words that a slip of the keyboard turns into other words, and what must be exact in any case."""

from __future__ import annotations


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _groups_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Groups between bars or on lines of their own, as words."""
    return tuple(_split(group) for group in text.replace("\n", "|").split("|") if group.strip())


NEGATIONS = frozenset(
    _split("not no never none nor neither without nobody noone nothing nowhere hardly scarcely barely")
)

CONTRACTED = {
    "cannot": ("can", "not"),
    "cant": ("can", "not"),
    "wont": ("will", "not"),
    "shant": ("shall", "not"),
    "aint": ("is", "not"),
} | {
    f"{verb}nt": (verb, "not")
    for verb in (
        _split("did does do is are was were has have had could should would must need dare might ought may")
    )
}
"""Negations that hide in one word, apostrophes gone, and the words they stand for."""

PREPOSITIONS = frozenset(_split("in at on by to from of for with"))

TITLES = frozenset(
    _split(
        "mr mrs ms miss mx dr doctor prof professor sir dame lord lady king queen prince princess"
        " emperor tsar czar pope president premier chancellor prime minister vice foreign secretary general"
        " colonel major captain lieutenant marshal admiral senator governor ambassador judge comrade"
    )
)

CARDINALS = {
    word: value
    for value, word in enumerate(
        _split(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        _split("twenty thirty forty fifty sixty seventy eighty ninety"),
        strict=True,
    )
} | {"fourty": 40, "ninty": 90}
"""The tens, with two misspellings that are common and cannot be anything else."""

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

ORDINALS = {
    word: value
    for value, word in enumerate(
        _split(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
            " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30}

MONTHS = {
    name: number
    for number, names in enumerate(
        _groups_of(
            "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
            "|october oct|november nov|december dec"
        ),
        start=1,
    )
    for name in names
}

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        _groups_of(
            "monday mon|tuesday tue tues|wednesday wed weds|thursday thu thur thurs|friday fri|saturday sat"
            "|sunday sun"
        )
    )
    for name in names
}
"""Monday is 0, as in `datetime.date.weekday`."""

_COMPASS = tuple(
    start + end + ending
    for start in ("north", "south", "")
    for end in ("east", "west", "")
    for ending in ("", "ern", "erner", "erners", "erly", "ward", "wards", "ernmost")
    if start or end
)

_OTHER_EXACT = _split(
    "hundred hundreds thousands millions billions trillions thousandth millionth hundredth half halves third"
    " thirds quarter quarters dozen dozens score once twice thrice single double triple twofold threefold"
    " fortieth fiftieth sixtieth seventieth eightieth ninetieth tens"
)

EXACT = frozenset(
    (*CARDINALS, *TENS, *SCALES, *ORDINALS, *MONTHS, *WEEKDAYS, *_COMPASS, *_OTHER_EXACT, *NEGATIONS)
)
"""Words that count only as they are: numbers, months, weekdays, points of the compass, negations."""

_STATES = """
afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain
bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil brunei bulgaria
burkina burma burundi cambodia cameroon canada chad chile china colombia comoros congo croatia cuba cyprus
czechia denmark djibouti dominica ecuador egypt england eritrea estonia eswatini ethiopia fiji finland france
gabon gambia georgia germany ghana greece grenada guatemala guinea guyana haiti holland honduras hungary
iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kiribati korea
kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg
macedonia madagascar malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova monaco
mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway
oman pakistan palau palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda
samoa scotland senegal serbia seychelles singapore slovakia slovenia somalia somaliland spain sudan suriname
sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu
uganda ukraine uruguay uzbekistan vanuatu venezuela vietnam wales yemen zambia zimbabwe virginia indiana
prussia montana kansas arkansas crimea chechnya ingushetia ossetia abkhazia karelia dagestan tatarstan
"""
_PEOPLES = """
algerian angolan argentine armenian australian austrian azerbaijani bahraini belarusian belgian bosnian
brazilian bulgarian burmese cambodian canadian chilean chinese colombian congolese croatian cuban cypriot
czech danish dominican dutch egyptian english estonian ethiopian finnish french gambian georgian german
ghanaian greek guinean hungarian icelandic indian indonesian iranian iraqi irish israeli italian japanese
jordanian kazakh kenyan korean kuwaiti kyrgyz latvian lebanese liberian libyan lithuanian malaysian maltese
mauritanian mauritian mexican moldovan mongolian moroccan nigerian nigerien norwegian pakistani panamanian
paraguayan persian peruvian polish portuguese romanian roman russian rwandan scottish serbian slovak slovakian
slovene slovenian somali spanish sudanese swedish swiss syrian tajik turkish turkmen ugandan ukrainian
uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean chechen
"""
_CITIES = """
algiers amman ankara astana athens baghdad baku batumi beirut belgrade berlin bern bonn bratislava brest
bucharest budapest bukhara cairo dakar damascus delhi dhaka donetsk dublin geneva genoa gomel gyumri havana
helsinki homel istanbul jakarta kabul kaunas kharkiv kherson kigali kingston lagos lisbon ljubljana london
luhansk lviv madrid manila mariupol melbourne mexico milan minsk moscow munich nairobi naples odesa oslo
ottawa padua paris pinsk podgorica prague riga rome samara samarkand sarajevo seoul sevastopol skopje sofia
stepanakert stockholm sydney tallinn tbilisi tehran tiraj tokyo tripoli tunis turin valencia valletta venice
verona vienna vilnius warsaw yalta yerevan zagreb zurich
"""
_PAIRS = """
affect effect|accept except expect|principal principle|council counsel consul|councillor counsellor
county country count|united untied|causal casual|martial marital|formally formerly|former formal
prosecute persecute|prosecuted persecuted|prosecution persecution|prosecutor persecutor|adverse averse
personal personnel|statue statute status stature|eminent imminent|immigration emigration migration
immigrant emigrant migrant|immigrants emigrants migrants|censor censure sensor|complement compliment
ensure insure assure|moral morale mortal|ordinance ordnance|precede proceed|perpetrate perpetuate
invasion evasion|aggression regression progression|secession succession|session cession|discreet discrete
military militia|minister ministry|ministers ministries|president presidency precedent resident
presidential residential|diplomat diplomacy|democrat democracy|republic republican|bishop archbishop
election selection ejection|elected selected ejected|police policy politics polity|nation notion
national notional rational|state estate|region religion legion|contract contact contrast|contend content
crime crimea|poland holland|major mayor|majors mayors|capital capitol|strait straight|nuclear unclear
federal feral|treason reason season|siege seize|cavalry calvary|border boarder order|trial trail|angle angel
quiet quite|house horse mouse|world would sword|light right night fight might sight|bread break
there where three these those|white while|green greek|river liver|water later|money honey|great greet threat
peace place piece|table cable|royal loyal|union onion|rebel revel|attack attach|shell shelf
victory victor|treaty treatise|patrol petrol|plane planet|planes planets|mission fission fusion
vision division|ambassador ambassadress|hostile hostel|export expert|exports experts
elected erected|revolution resolution|racist rapist|defeated defected|prevented presented|immoral immortal
nitrate nitrite|nitrates nitrites|censored censured|retained detained|
refugee refuge|refugees refuges|comma coma|comet comedy|colon colony|colonel colonial|summit submit
alliance allowance|civil civic|ethic ethnic|ethics ethnics
transport transfer|customs costumes|costume custom|advise advice adverse|decent descent dissent|desert dessert
maria mario marina|alexander alexandra alexandre|aleksander aleksandra|aleksandr aleksandra|victor victoria
daniel daniela danielle|gabriel gabriela gabrielle|michel michelle michael|martin martina|julian juliana julia
simon simone|robert roberta|andrea andreas andrew|christian christina christine|francis frances francesca
nicolas nicola|patrick patricia|stephan stephanie|valentin valentina|anton antonia antonio
carol carola carole|louis louise|paulo paula|claude claudia|yevgeny yevgenia|evgeny evgenia|lenin lennon
upper super|inner outer|winner loser|former latter|human humane|women omen
"""


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    groups = ((*_split(_STATES), *_split(_PEOPLES)), _split(_CITIES), *_groups_of(_PAIRS))
    for number, group in enumerate(groups):
        for word in group:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


CONFUSABLE = _groups()
"""Words that are easily taken for one another and mean different things: two of one group never match."""

REVERSING = _split("un in im il ir non dis anti de mis re ex counter a i")
"""Prefixes that turn a word into its opposite, or another word; `i` stands for a misspelt `im` or `il`."""

OPPOSITE_PREFIXES = _groups_of("""
hyper hypo|inter intra|pre post|pro anti|pro con|over under|in de|in ex|in out|im ex|im de|im e|up down
inner outer|super sub|macro micro|mono poly|uni multi|homo hetero|endo exo|ante post|anti ante|en dis
ac de|as de|ap de|at de|con di|for back|maj min|maxi mini|fore after|mega giga|kilo mega|milli micro
centi milli|trans cis|pre re|in con
""")
"""Beginnings that make opposites, or different things, of one word: increase, decrease; import, export."""

OPPOSITE_SUFFIXES = _groups_of("""
er ee|or ee|less ful|man woman|men women|ist ism|ists ism|ite ate|ide ate|ide ite|ane ene|ene yne|ane yne
ov ova|ev eva|in ina|yn yna|sky skaya|ski ska|skiy skaya|skyi skaya|actor actress|host hostess
""")
"""Endings that make another word of it: who does and who suffers, with and without, he and she, salts."""
