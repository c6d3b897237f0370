"""English enough to word questions: the base form of a verb, a predicate inverted, things in a row."""

from __future__ import annotations

import re


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_CHANGED = """
arose:arise ate:eat awoke:awake bade:bid began:begin bent:bend besought:beseech bit:bite bled:bleed
blew:blow bore:bear bought:buy bound:bind bred:breed broke:break brought:bring built:build burnt:burn
came:come caught:catch chose:choose clung:cling crept:creep dealt:deal did:do dove:dive drank:drink
dreamt:dream drew:draw drove:drive dug:dig dwelt:dwell fed:feed fell:fall felt:feel fled:flee flew:fly
flung:fling forsook:forsake fought:fight found:find froze:freeze gave:give got:get grew:grow
ground:grind had:have heard:hear held:hold hid:hide hung:hang kept:keep knelt:kneel knew:know laid:lay
lay:lie leant:lean leapt:leap learnt:learn led:lead left:leave lent:lend lit:light lost:lose made:make
meant:mean met:meet mimicked:mimic paid:pay panicked:panic partook:partake pled:plead ran:run rang:ring
rode:ride rose:rise said:say sang:sing sank:sink sat:sit saw:see sent:send shone:shine shook:shake
shot:shoot shrank:shrink slept:sleep slew:slay slid:slide slung:sling slunk:slink smelt:smell sold:sell
sought:seek spat:spit sped:speed spelt:spell spent:spend spilt:spill spoilt:spoil spoke:speak
sprang:spring spun:spin stank:stink stole:steal stood:stand strode:stride strove:strive struck:strike
strung:string stuck:stick stung:sting swam:swim swept:sweep swore:swear swung:swing taught:teach
thought:think threw:throw told:tell took:take tore:tear trafficked:traffic trod:tread waylaid:waylay
went:go wept:weep woke:wake won:win wore:wear wound:wind wove:weave wrote:write wrung:wring
"""
_UNCHANGED = """
beat bet bid broadcast burst cast cost cut fit hit hurt knit let put quit read rid set shed shut slit
split spread thrust wed wet
"""
_IRREGULAR = dict(pair.split(":") for pair in _split(_CHANGED)) | {verb: verb for verb in _split(_UNCHANGED)}
_PREFIXED = re.compile(
    rf"((?:be|co|cross|fore?|in|inter|mis|off|out|over|pre|re|un|under|up|with){{1,2}})({'|'.join(_IRREGULAR)})"
)
_WITH_E = """
ache adhere agree atone awe axe baste bathe beguile belie binge blaspheme breathe cache canoe chide
clothe cohere condone create cringe decree delete delineate dethrone disagree dye dynamite enthrone
eye free fringe guarantee guide haste hinge hoe impinge infringe interfere intone lambaste loathe
misguide nauseate owe paste permeate persevere postpone procreate profane recreate referee regale
reroute revere scathe scheme secrete seethe sheathe shoe singe soothe sponge stymie sunbathe swathe
taste telephone theme tinge tiptoe tithe toe unhinge untie waste welcome wreathe writhe
"""
_WITHOUT_E = """
add alias ballot bias boycott butt canvas catalog caucus censor census chagrin chauffeur chorus
collar combat debut develop ebb egg enroll envelop err focus format gallop gossip hiccup imperil
kidnap mortar murmur parrot pencil pillar pilot pivot purr redevelop refill refocus sever ski
sponsor stencil sugar taxi victim wallop whir worship
"""
_WITH_DOUBLE = """
bias bus enrol equal focus gas quiz refocus
"""
_REGULAR = (
    {f"{verb}d": verb for verb in _split(_WITH_E)}
    | {f"{verb}ed": verb for verb in _split(_WITHOUT_E)}
    | {f"{verb}{verb[-1]}ed": verb for verb in _split(_WITH_DOUBLE)}
)
_WORD = re.compile(r"((?:[a-z]+-)*)([a-z]+)")
_VOWEL = re.compile(r"[aeiouy]")
_QU = re.compile("qu(?=.)")  # a consonant, to what follows
_KEEPS_LL = re.compile(r"(?:^y?[^aeiouy]*[aeiouy]|(?:b|c|f|m|st|thr|w)a|(?:ssp|sh|sw)e|(?<!t)ro)ll$")
_DOUBLED = re.compile(r"([bdgkmnprtv])\1$")
_SILENT_E = re.compile(
    r"""(?: [cuv] | (?<!s)s | (?<![tz])z                  # announce, continue, approve, use, organize
    | [^n]g | [eu]ng | (?:ch|r)ang                         # manage, challenge, change
    | [^aeiouyrwl]l | [^aeiouyr]r                          # settle, centre
    | (?<![aeiou]) (?: [aeiouy][bfk] | [aeiou]d | [aiouy]p | [iuy][lm] | [iu]n | [ou]t | [aiu]r | am | ol )
    | (?<![eo])at | uad                                    # negotiate, persuade
    | ^[^aeiouy]* (?: [ao]l | [ao]n | o[mr] | it )         # scale, phone, store, cite: one syllable
    | (?:un|inv|gn|rec|inc|exc|exped|extrad)it | (?:pl|comp|concr|excr)et
    | (?:con|inter|contra|super)ven | (?:[nx]h|mp|sc)al | (?:pl|gn|st|sc)or | ^ador ) $""",
    re.VERBOSE,
)
_AUXILIARIES = frozenset(
    _split(
        "am are can could did is may might must shall should was were will would aren't can't couldn't didn't"
        " hadn't hasn't haven't isn't mustn't shouldn't wasn't weren't won't wouldn't"
    )
)
_ADVERBS = (
    r"(?:(?:[\w-]+ly|no longer|at (?:first|last|once)|in turn|again|all|almost|already|also|always|both|even"
    r"|ever|first|further|instead|just|later|long|meanwhile|never|next|nevertheless|nonetheless|not|now|often"
    r"|once|rather|seldom|sometimes|soon|still|then|therefore|thus|together|too|twice)(?:,| and)? )*"
)
_PREDICATE = re.compile(
    rf"(?P<adverbs>{_ADVERBS})(?P<head>[a-z]+(?:[-'’][a-z]+)*)(?P<rest>(?:\W.*)?)", re.IGNORECASE
)
_VERB = rf" {_ADVERBS}(?P<verb>[a-z]+(?:-[a-z]+)*)\b(?! by\b)"
_JOINED = re.compile(rf"(?<!\bright )(?:\b(?:and|but|or)|, then){_VERB}")
_LISTED = re.compile(rf",{_VERB}")
_DID_NOT = re.compile(r"\b(and|but|or) (?:did not|didn['’]t)\b")
# What shows that the word before it is a verb, and a `did` before it no auxiliary.
_OBJECT = re.compile(
    r" (?:(?:all|an?|any|back|badly|better|business|each|everything|for|from|her|his|in|into|it|its|little"
    r"|more|much|no|nothing|off|on|out|so|some|something|that|the|their|them|this|to|up|well|what)\b|[A-Z\d])"
)
# Where another clause may begin, whose verbs stay as they are.
_CLAUSE = re.compile(
    r"\b(?:after|although|are|as|because|before|can|could|had|has|have|how|if|is|since|that|unless|until|was"
    r"|were|what|when|where|whether|which|while|who|whom|whose|why|will|would)\b"
)
_PARTICIPLES = frozenset(
    _split(
        "become been begun born borne broken chosen come done drawn driven eaten fallen flown forbidden"
        " foreseen forgiven forgotten frozen given gone grown hidden known mistaken overcome overthrown"
        " proven ridden risen run seen shaken shown spoken stolen sunk sworn taken thrown torn undergone"
        " undertaken withdrawn woken worn written"
    )
)
_ADJECTIVES = frozenset(
    _split(
        "armed detailed ground heated limited mixed refined renewed strained united unresolved used wounded"
    )
)


def base(past: str) -> str | None:
    """The base form of one verb in the past tense: `recalled` -> `recall`; None where it cannot be told."""
    word = _WORD.fullmatch(past.lower())
    if word is None:
        return None
    before, last = word.groups()
    found = _IRREGULAR.get(last) or _REGULAR.get(last) or _prefixed(last) or _by_rule(last)
    return found and before + found


def _prefixed(past: str) -> str | None:
    found = _PREFIXED.fullmatch(past)
    return found and found[1] + _IRREGULAR[found[2]]


def _by_rule(past: str) -> str | None:
    stem = past.removesuffix("ed")
    if stem == past or stem.endswith("e") or not _VOWEL.search(stem):
        return None
    if stem.endswith("i"):
        return f"{stem[:-1]}y" if len(stem) > 2 else f"{stem}e"
    sound = _QU.sub("qw", stem)
    if _DOUBLED.search(stem) or (stem.endswith("ll") and not _KEEPS_LL.search(sound)):
        return stem[:-1]
    return f"{stem}e" if _SILENT_E.search(sound) else stem


def inverted(subject: str, predicate: str) -> str | None:
    """What follows a question word, of a subject and what it did.

    `Armenia`, `recalled its ambassador` -> `did Armenia recall its ambassador`. An auxiliary goes before the
    subject, adverbs stay before the verb, and a verb joined to the first by `and` changes with it. None where
    the base form of the first verb cannot be told.
    """
    found = _PREDICATE.fullmatch(" ".join(predicate.split()))
    if found is None or not subject.strip():
        return None
    adverbs, head, rest = found["adverbs"], found["head"].lower(), found["rest"]
    if _is_auxiliary(head, rest):
        return " ".join(filter(None, (head, subject, adverbs.strip(), rest.strip())))
    verb = base(head)
    return verb and f"did {subject} {adverbs}{verb}{_in_base_form(rest)}"


def _is_auxiliary(head: str, rest: str) -> bool:
    """Whether a verb helps another: `had left`, `did not attend`, but not `had talks`, `did nothing`."""
    if head == "did":
        return bool(rest) and not _OBJECT.match(rest)
    if head not in ("had", "has", "have"):
        return head.replace("’", "'") in _AUXILIARIES
    after = _PREDICATE.fullmatch(rest.strip())
    if after is None:
        return False
    verb = after["head"].lower()
    return verb in _PARTICIPLES or (
        base(verb) is not None and (not after["rest"] or _is_verb(verb, after["rest"]))
    )


def _is_verb(past: str, rest: str) -> bool:
    """Whether what looks like a verb is none of the adjectives that look so: `used the road`, `used cars`."""
    return past not in _ADJECTIVES or bool(_OBJECT.match(rest))


def _in_base_form(rest: str) -> str:
    """The rest of a predicate, with the verbs that are joined to the first in the base form, like it."""
    clause = _CLAUSE.search(rest)
    end = clause.start() if clause else len(rest)
    same = _DID_NOT.sub(r"\1 not", rest[:end])
    changed = _JOINED.sub(_changed, same)
    # Commas join verbs only in a list; elsewhere participles follow them.
    return (_LISTED.sub(_changed, changed) if changed != same else same) + rest[end:]


def _changed(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    verb = base(found["verb"])
    if before.strip() and not before.startswith(","):
        of_pair = before.endswith("ed ")  # armed and unarmed groups
        verb = None if of_pair or not _is_verb(found["verb"], after) else verb
    return found[0].removesuffix(found["verb"]) + verb if verb else found[0]
