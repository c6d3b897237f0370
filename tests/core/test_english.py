from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.core.english import base, inverted
from trainer.core.grading.telling import joined

# The base form, a plus, and what the past adds to it.
REGULAR = """
abandon+ed abolish+ed absorb+ed abstain+ed abuse+d accelerate+d accept+ed accompany:accompanied
accuse+d ache+d acknowledge+d acquire+d act+ed add+ed address+ed admit+ted adopt+ed adore+d
advance+d advise+d affect+ed agree+d aid+ed aim+ed allege+d allow+ed ally:allied amend+ed analyse+d
announce+d annul+led answer+ed apologise+d appeal+ed appear+ed appoint+ed approve+d argue+d arm+ed
arrange+d arrest+ed arrive+d ask+ed assassinate+d assemble+d assist+ed assume+d assure+d attach+ed
attack+ed attempt+ed attend+ed attribute+d avoid+ed award+ed back+ed ban+ned bang+ed bar+red
bargain+ed bathe+d behave+d belie+d believe+d belong+ed besiege+d blame+d block+ed blockade+d
bomb+ed borrow+ed boycott+ed breathe+d bribe+d broaden+ed budget+ed buzz+ed calculate+d call+ed
campaign+ed cancel+led capture+d care+d carry:carried cause+d cease+d celebrate+d censor+ed centre+d
challenge+d change+d characterise+d charge+d cheat+ed cite+d claim+ed clarify:clarified
classify:classified clear+ed climb+ed close+d co-found+ed collapse+d combat+ed combine+d commit+ted
compare+d compel+led compete+d compile+d complain+ed complete+d conceal+ed concede+d concern+ed
conclude+d condemn+ed condone+d confirm+ed confiscate+d confuse+d connect+ed consider+ed console+d
conspire+d constitute+d contain+ed continue+d contribute+d control+led convene+d convince+d cool+ed
cooperate+d copy:copied create+d credit+ed criticise+d cross+ed cry:cried dare+d debate+d debut+ed
deceive+d decide+d declare+d decline+d decree+d defeat+ed defer+red define+d defy:defied delay+ed
delete+d deliver+ed demand+ed denounce+d deny:denied deploy+ed deposit+ed describe+d deter+red
deteriorate+d determine+d develop+ed devote+d die+d disagree+d discuss+ed dismiss+ed dispatch+ed
display+ed dispute+d distribute+d diversify:diversified divide+d donate+d drop+ped dye+d earn+ed
echo+ed edit+ed elect+ed embargo+ed embed+ded emerge+d enable+d end+ed endorse+d endure+d engage+d
enrol+led ensue+d enter+ed envelop+ed equip+ped err+ed escalate+d escape+d establish+ed evacuate+d
evolve+d exceed+ed exchange+d excuse+d execute+d exile+d expect+ed expel+led expire+d explain+ed
explode+d explore+d export+ed expose+d express+ed extend+ed extradite+d fade+d fail+ed fine+d fire+d
fix+ed focus+ed focus+sed follow+ed force+d form+ed format+ted foster+ed found+ed free+d frighten+ed
fuel+ed fuel+led fulfil+led gain+ed gather+ed govern+ed greet+ed group+ed guarantee+d guard+ed
guide+d halt+ed handle+d hang+ed happen+ed harbour+ed harden+ed head+ed heal+ed help+ed hire+d
honour+ed hope+d host+ed ignite+d ignore+d impose+d imprison+ed improve+d include+d incur+red
infringe+d inhale+d inherit+ed injure+d inspire+d install+ed institute+d interfere+d interpret+ed
intervene+d introduce+d invade+d invest+ed invite+d invoke+d involve+d issue+d join+ed judge+d
jump+ed justify:justified kidnap+ped kill+ed label+ed label+led launch+ed leak+ed liberate+d lie+d
lift+ed limit+ed link+ed load+ed loan+ed look+ed loom+ed lower+ed maintain+ed manage+d market+ed
marshal+led measure+d meddle+d mediate+d mention+ed merge+d misspell+ed mobilise+d monitor+ed move+d
murder+ed name+d need+ed negotiate+d nominate+d notice+d obey+ed oblige+d obtain+ed occupy:occupied
occur+red offer+ed open+ed oppose+d order+ed organise+d organize+d oust+ed owe+d paralyse+d
pardon+ed pass+ed patrol+led pause+d permit+ted persuade+d phone+d pilot+ed place+d plan+ned play+ed
pledge+d plot+ted poison+ed postpone+d praise+d prefer+red prepare+d prevail+ed proceed+ed
proclaim+ed produce+d profit+ed prohibit+ed prolong+ed promise+d promote+d propel+led propose+d
prosecute+d protest+ed prove+d provoke+d publish+ed pursue+d quarrel+led question+ed quote+d raid+ed
raise+d ratify:ratified re-elect+ed react+ed realise+d rebel+led recall+ed receive+d recite+d
recognise+d reconcile+d record+ed recover+ed recruit+ed reduce+d refer+red refocus+ed refuse+d
regret+ted reign+ed reject+ed relax+ed release+d rely:relied remain+ed remember+ed remove+d rename+d
repair+ed repeat+ed repel+led reply:replied report+ed require+d rescue+d resign+ed resolve+d
respond+ed restore+d resume+d retain+ed retaliate+d retire+d retreat+ed return+ed reunite+d
reveal+ed reverse+d revise+d revoke+d rob+bed rock+ed rule+d sail+ed sanction+ed save+d scale+d
schedule+d score+d seal+ed secure+d seem+ed seize+d settle+d shape+d share+d shell+ed ship+ped
shout+ed side+d sign+ed signal+led ski+ed skip+ped smuggle+d soar+ed sour+ed speed+ed spoil+ed
spur+red stabilise+d staff+ed stage+d start+ed state+d stir+red stop+ped store+d storm+ed strain+ed
strengthen+ed struggle+d study:studied submit+ted subscribe+d substitute+d succeed+ed suggest+ed
summon+ed supervene+d support+ed suppose+d surrender+ed survive+d suspend+ed swap+ped tackle+d
target+ed taste+d tax+ed team+ed telephone+d tempt+ed test+ed thank+ed threaten+ed tie+d time+d
topple+d toughen+ed trade+d transfer+red travel+ed travel+led treat+ed trigger+ed trouble+d
try:tried turn+ed type+d unite+d unveil+ed update+d urge+d use+d veto+ed view+ed violate+d visit+ed
voice+d vote+d vow+ed wait+ed want+ed warn+ed waste+d weaken+ed welcome+d widen+ed worry:worried
worsen+ed yell+ed
"""
IRREGULAR = """
arise:arose bear:bore beat:beat become:became begin:began beseech:besought bid:bade bind:bound
bite:bit bleed:bled blow:blew break:broke breed:bred bring:brought broadcast:broadcast build:built
burst:burst buy:bought cast:cast catch:caught choose:chose cling:clung come:came cost:cost cut:cut
deal:dealt dig:dug dive:dove do:did draw:drew drink:drank drive:drove eat:ate fall:fell feed:fed
feel:felt fight:fought find:found flee:fled fly:flew forbid:forbade forecast:forecast
foresee:foresaw forget:forgot forgive:forgave forgo:forwent freeze:froze get:got give:gave go:went
grow:grew hang:hung have:had hear:heard hide:hid hit:hit hold:held hurt:hurt keep:kept know:knew
lay:laid lead:led leap:leapt leave:left lend:lent let:let lie:lay light:lit lose:lost make:made
mean:meant meet:met mislead:misled mistake:mistook misunderstand:misunderstood overcome:overcame
overrun:overran oversee:oversaw overthrow:overthrew panic:panicked partake:partook pay:paid put:put
quit:quit read:read rebuild:rebuilt repay:repaid rewrite:rewrote ride:rode ring:rang rise:rose
run:ran say:said see:saw seek:sought sell:sold send:sent set:set shake:shook shed:shed shine:shone
shoot:shot shrink:shrank shut:shut sing:sang sink:sank sit:sat sleep:slept speak:spoke speed:sped
spend:spent split:split spread:spread spring:sprang stand:stood steal:stole stick:stuck
strike:struck strive:strove swear:swore sweep:swept swim:swam swing:swung take:took teach:taught
tear:tore tell:told think:thought throw:threw thrust:thrust traffic:trafficked undergo:underwent
understand:understood undertake:undertook undo:undid uphold:upheld wake:woke wear:wore weep:wept
win:won withdraw:withdrew withhold:withheld withstand:withstood write:wrote
"""


def _pair(entry: str) -> tuple[str, str]:
    """What a verb is in the past, and its base form: of `ban+ned` and `deny:denied`."""
    form, added, ending = entry.partition("+")
    if added:
        return form + ending, form
    form, _, past = entry.partition(":")
    return past, form


PAIRS = [_pair(entry) for entry in (REGULAR + IRREGULAR).split()]
ADVERBS = ("openly", "again", "once again", "never", "later", "twice", "at first", "then, ", "first and")


def test_the_table_of_verbs_is_large_and_has_no_pair_twice() -> None:
    assert len(PAIRS) == len({*PAIRS}) >= 300


@pytest.mark.parametrize(("past", "form"), PAIRS, ids=lambda word: word)
def test_the_base_form_of_a_verb_is_found(past: str, form: str) -> None:
    assert base(past) == form


@pytest.mark.parametrize(
    "word",
    [
        "",
        "ed",
        "red",
        "bed",
        "need",
        "proceed",
        "hmmed",
        "recall",
        "recalls",
        "will",
        "talks",
        "1ed",
        "naïved",
        "a b",
    ],
)
def test_what_is_no_verb_in_the_past_has_no_base_form(word: str) -> None:
    assert base(word) is None


def test_the_base_form_is_in_small_letters() -> None:
    assert (base("Recalled"), base("HELD"), base("Re-elected")) == ("recall", "hold", "re-elect")


@pytest.mark.parametrize(
    ("predicate", "question"),
    [
        ("recalled its ambassador", "did Armenia recall its ambassador"),
        ("Recalled its ambassador", "did Armenia recall its ambassador"),
        ("  recalled \n its\tambassador ", "did Armenia recall its ambassador"),
        ("recalled", "did Armenia recall"),
        ("announced that it would leave", "did Armenia announce that it would leave"),
        ("called for a meeting", "did Armenia call for a meeting"),
        ("said: “We left”", "did Armenia say: “We left”"),
        ("re-elected him", "did Armenia re-elect him"),
        ("used to be an ally", "did Armenia use to be an ally"),
    ],
)
def test_a_verb_goes_behind_the_subject_in_its_base_form(predicate: str, question: str) -> None:
    assert inverted("Armenia", predicate) == question


@pytest.mark.parametrize(
    ("predicate", "question"),
    [
        ("was charged", "was Khachaturov charged"),
        ("Was charged", "was Khachaturov charged"),
        ("was", "was Khachaturov"),
        ("were met by crowds", "were Khachaturov met by crowds"),
        ("could not attend", "could Khachaturov not attend"),
        ("would leave", "would Khachaturov leave"),
        ("wasn't told", "wasn't Khachaturov told"),
        ("wouldn’t leave", "wouldn’t Khachaturov leave"),
        ("later was charged", "was Khachaturov later charged"),
        ("was charged and released", "was Khachaturov charged and released"),
    ],
)
def test_an_auxiliary_goes_before_the_subject(predicate: str, question: str) -> None:
    assert inverted("Khachaturov", predicate) == question


@pytest.mark.parametrize(
    ("predicate", "question"),
    [
        ("had been recalled", "had it been recalled"),
        ("had already left Yerevan", "had it already left Yerevan"),
        ("had never visited Minsk", "had it never visited Minsk"),
        ("had not paid", "had it not paid"),
        ("had withdrawn", "had it withdrawn"),
        ("had used the road", "had it used the road"),
        ("had armed", "had it armed"),
        ("has left", "has it left"),
        ("did not attend", "did it not attend"),
        ("didn't attend", "didn't it attend"),
        ("did attend", "did it attend"),
    ],
)
def test_had_and_did_go_before_the_subject_where_they_help_a_verb(predicate: str, question: str) -> None:
    assert inverted("it", predicate) == question


@pytest.mark.parametrize(
    ("predicate", "question"),
    [
        ("had talks", "did it have talks"),
        ("had a meeting with Putin", "did it have a meeting with Putin"),
        ("had to leave", "did it have to leave"),
        ("had limited access", "did it have limited access"),
        ("had", "did it have"),
        ("had 5 envoys", "did it have 5 envoys"),
        ("did nothing", "did it do nothing"),
        ("did so in June", "did it do so in June"),
        ("did", "did it do"),
    ],
)
def test_had_and_did_are_verbs_of_their_own_where_they_help_none(predicate: str, question: str) -> None:
    assert inverted("it", predicate) == question


@pytest.mark.parametrize(
    ("predicate", "question"),
    [
        ("openly criticised Y", "did X openly criticise Y"),
        ("again recalled it", "did X again recall it"),
        ("once again recalled it", "did X once again recall it"),
        ("never said so", "did X never say so"),
        ("openly and repeatedly criticised Y", "did X openly and repeatedly criticise Y"),
        ("then, again, refused", "did X then, again, refuse"),
        ("no longer attended", "did X no longer attend"),
        ("in turn recalled it", "did X in turn recall it"),
    ],
)
def test_adverbs_stay_before_the_verb(predicate: str, question: str) -> None:
    assert inverted("X", predicate) == question


@pytest.mark.parametrize(
    ("predicate", "question"),
    [
        ("recalled its ambassador and left the pact", "did X recall its ambassador and leave the pact"),
        ("met and embraced Y", "did X meet and embrace Y"),
        ("funded and armed rebels", "did X fund and arm rebels"),
        ("visited Bucha and later criticised Y", "did X visit Bucha and later criticise Y"),
        ("froze its dues, recalled Y and left", "did X freeze its dues, recall Y and leave"),
        ("accepted, published and signed it", "did X accept, publish and sign it"),
        ("left, then returned", "did X leave, then return"),
        ("saw Y but said nothing", "did X see Y but say nothing"),
        ("stayed but did not vote", "did X stay but not vote"),
        ("sent cars and used the road", "did X send cars and use the road"),
    ],
)
def test_a_verb_joined_to_the_first_changes_with_it(predicate: str, question: str) -> None:
    assert inverted("X", predicate) == question


@pytest.mark.parametrize(
    "rest",
    [
        "Y and talks",
        "that it had left and joined Y",
        "it had left and joined Y",
        "wounded and displaced people",
        "air and ground troops",
        "food and used cars",
        "the sick and wounded",
        "the right and left",
        "Y and United Nations envoys",
        "Y, accompanied by Z and others",
        "Y, angered at home and abroad",
        "what was agreed and signed",
        "spies and accompanied by guards",
    ],
)
def test_what_is_not_joined_to_the_first_verb_stays(rest: str) -> None:
    assert inverted("X", f"met {rest}") == f"did X meet {rest}"


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        ("X", ""),
        ("", "left"),
        (" ", "left"),
        ("X", "recalls Y"),
        ("X", "openly"),
        ("X", "5 left"),
        ("X", "(left)"),
    ],
)
def test_without_a_subject_or_a_verb_nothing_is_inverted(subject: str, predicate: str) -> None:
    assert inverted(subject, predicate) is None


words = st.sampled_from(
    [past for past, _ in PAIRS]
    + [
        "was",
        "had",
        "did",
        "not",
        "never",
        "openly",
        "then,",
        "and",
        "but",
        ",",
        "that",
        "it",
        "the",
        "United",
    ]
    + ["used", "been", "by", "didn't", "5", ".", "talks"]
)
predicates = st.lists(words, max_size=8).map(" ".join) | st.text()


@given(st.text(), predicates)
def test_whatever_comes_the_subject_is_in_the_question_as_given(subject: str, predicate: str) -> None:
    question = inverted(subject, predicate)
    assert question is None or subject in question


@given(
    st.sampled_from(PAIRS),
    st.lists(st.sampled_from(ADVERBS), max_size=3),
    st.sampled_from(["", " it", " by Y"]),
)
def test_every_verb_is_inverted_behind_any_adverbs(
    pair: tuple[str, str], adverbs: list[str], rest: str
) -> None:
    past, form = pair
    before = "".join(f"{adverb.strip()} " for adverb in adverbs)
    assert (
        inverted("the CSTO", f"{before}{past}{rest}") == f"did the CSTO {before}{form}{rest}" or past == "did"
    )


@given(st.from_regex(r"(?:[a-z]{1,5}-)?[a-z]{1,9}ed", fullmatch=True) | st.text())
def test_a_base_form_begins_as_the_past_does_and_is_about_as_long(past: str) -> None:
    found = base(past)
    assert found is None or (found[0] == past.lower()[0] and -1 <= len(past) - len(found) <= 3)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        ("ABCD", "A, B, C and D"),
    ],
)
def test_things_in_a_row_are_joined_by_commas_and_one_and(parts: list[str], text: str) -> None:
    assert joined(parts) == text
