"""Programs for Hypothesis: any text, any form, and programs that mostly mean something in `league.four_teams`."""

from __future__ import annotations

from hypothesis import strategies as st

from arctos_desk.ass.forms import Form, IntegerForm, MatchForm, NameForm, TeamForm, list_form, quote_form
from arctos_desk.scheduling.ass_words import VOCABULARY

FIRST = "abcxyzABZ_+*/=><!&?"
REST = FIRST + "0123456789-"

names = st.one_of(
    st.builds(lambda first, rest: first + rest, st.sampled_from(FIRST), st.text(REST, max_size=4)),
    st.just("-"),
    st.builds(lambda first, rest: "-" + first + rest, st.sampled_from(FIRST), st.text(REST, max_size=4)),
)
team_texts = st.text(st.characters(exclude_characters="]", exclude_categories=["Cs"]), min_size=1, max_size=6)
match_texts = st.text(st.characters(exclude_characters="}", exclude_categories=["Cs"]), min_size=1, max_size=6)

any_forms: st.SearchStrategy[Form] = st.recursive(
    st.one_of(
        st.integers().map(IntegerForm), names.map(NameForm), team_texts.map(TeamForm), match_texts.map(MatchForm)
    ),
    lambda inner: st.one_of(inner.map(quote_form), st.lists(inner, max_size=5).map(lambda f: list_form(tuple(f)))),
    max_leaves=30,
)
"""Every form there can be, meaningful or not."""

_locals = st.sampled_from(["a", "b", "n"])
_atoms = st.one_of(
    st.sampled_from(["true", "false", "nil", "()", "two", "double", "everyone", "unknown", "'sym", "+", "if"]),
    st.integers(-3, 12).map(str),
    _locals,
    st.sampled_from(["[kiel]", "[bonn]", "[paris]", "[tag::Best]", "[tag::Later]", "[tag::Nobody]", "[A::winner]"]),
    st.sampled_from(["[D::loser]", "[Z::winner]", "{A}", "{C}", "{D}", "{Extra}", "{Z}", "'({A} {C})", "'(3 1 2)"]),
)


def _calls(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.tuples(*parts).map(lambda texts: f"({' '.join(texts)})")

    word = st.sampled_from(sorted(VOCABULARY.words))
    function = st.one_of(inner, st.builds(lambda n, body: f"(lambda ({n}) {body})", _locals, inner))
    pair = st.builds(lambda n, m, body: f"(lambda ({n} {m}) {body})", _locals, _locals, inner)
    applying = st.sampled_from(["map", "filter", "sort-by", "max-by", "min-by"])
    return st.one_of(
        joined(word, inner),
        joined(word, inner, inner),
        joined(applying, inner, function),
        joined(st.sampled_from(["map-indexed", "reduce"]), inner, pair),
        joined(st.just("reduce"), inner, inner, pair),
        joined(st.just("if"), inner, inner, inner),
        st.builds(lambda p, e, q, f: f"(cond ({p} {e}) ({q} {f}))", inner, inner, inner, inner),
        st.builds(lambda n, e, b: f"(let (({n} {e})) {b})", _locals, inner, inner),
        st.builds(lambda f, e: f"({f} {e})", function, inner),
        st.lists(inner, max_size=4).map(lambda texts: f"(list {' '.join(texts)})"),
        st.lists(inner, max_size=3).map(lambda texts: f"(and {' '.join(texts)})"),
        inner.map(lambda text: f"'{text}"),
    )


programs: st.SearchStrategy[str] = st.recursive(_atoms, _calls, max_leaves=25)
"""Texts that read well, use every word and form, and often evaluate."""


def _typed(depth: int) -> dict[str, st.SearchStrategy[str]]:
    """Expressions of each type, without type errors; the locals n (INT), t (TEAM) and m (MATCH) may be free."""
    base: dict[str, st.SearchStrategy[str]] = {
        "int": st.one_of(st.integers(-4, 12).map(str), st.sampled_from(["two", "n", "unknown"])),
        "bool": st.sampled_from(["true", "false", "unknown"]),
        "team": st.sampled_from(["[kiel]", "[bonn]", "t", "[tag::Best]", "[tag::Later]", "[A::winner]", "[D::loser]"]),
        "match": st.sampled_from(["{A}", "{B}", "{C}", "{D}", "{Extra}", "m", "{Z}"]),
        "ints": st.sampled_from(["'(3 1 2)", "'()", "(range 4)", "'(5)"]),
        "teams": st.sampled_from(["everyone", "'([kiel] [ulm])", "(list t [jena])"]),
        "matches": st.sampled_from(["'({A} {B})", "(list {A} m)", "'({C} {D})", "'()"]),
    }
    if depth == 0:
        return base
    inner = _typed(depth - 1)

    def call(*parts: str) -> st.SearchStrategy[str]:
        chosen = [inner[p] if p in inner else st.just(p) for p in parts]
        return st.tuples(*chosen).map(lambda texts: f"({' '.join(texts)})")

    def wrapped(kind: str) -> list[st.SearchStrategy[str]]:
        value = inner[kind]
        return [
            call("if", "bool", kind, kind),
            st.builds(lambda p, a, b: f"(cond ({p} {a}) (true {b}))", inner["bool"], value, value),
            st.builds(lambda x, e: f"(let ((n {x})) {e})", inner["int"], value),
            st.builds(lambda x, e: f"((lambda (t) {e}) {x})", inner["team"], value),
            call("or-default", kind, kind),
        ]

    def each(kind: str, local: str, result: str) -> st.SearchStrategy[str]:
        return st.builds(lambda rows, body: f"{rows} (lambda ({local}) {body})", inner[kind], inner[result])

    def over(word: str, kind: str, local: str, result: str) -> st.SearchStrategy[str]:
        return each(kind, local, result).map(lambda text: f"({word} {text})")

    arithmetic = [call(op, "int", "int") for op in ("+", "-", "*", "/")]
    statistics = [call(w, "team") for w in ("wins", "losses", "points-won", "points-lost")]
    in_matches = [call(w, "team", "matches") for w in ("wins", "losses", "points-won", "points-lost")]
    folds = st.builds(
        lambda rows, e, body: f"(reduce {rows} {e} (lambda (n k) (+ k {body})))",
        inner["ints"],
        inner["int"],
        inner["int"],
    )
    lists = [("ints", "int", "n"), ("teams", "team", "t"), ("matches", "match", "m")]
    more: dict[str, list[st.SearchStrategy[str]]] = {
        "int": [*arithmetic, *statistics, *in_matches, folds, call("points-won", "team", "match")]
        + [call("len", kind) for kind, _, _ in lists]
        + [call(word, "ints") for word in ("max", "min", "car")],
        "bool": [call(op, "int", "int") for op in ("<", ">", "<=", ">=", "==")]
        + [call("==", kind, kind) for kind in ("team", "match", "ints", "bool")]
        + [call(op, "bool", "bool") for op in ("and", "or")]
        + [call("not", "bool"), call("won?", "team", "match"), call("is-skipped", "match"), call("empty?", "teams")]
        + [call("member?", one, kind) for kind, one, _ in lists],
        "team": [call("winner", "match"), call("loser", "match"), call("get", "int", "teams")]
        + [over(word, "teams", "t", "int") for word in ("max-by", "min-by")],
        "match": [call("car", "matches"), call("get", "int", "matches"), over("min-by", "matches", "m", "int")],
    }
    for kind, one, local in lists:
        more[kind] = [
            call("cons", one, kind),
            call("append", kind, kind),
            call("cdr", kind),
            call("list", one, one),
            over("filter", kind, local, "bool"),
            over("sort-by", kind, local, "int"),
            over("map", "ints", "n", one),
        ]
    return {kind: st.one_of(base[kind], *wrapped(kind), *more[kind]) for kind in base}


def _closed(text: str) -> str:
    return f"(let ((n 3) (t [kiel]) (m {{A}})) {text})"


sound_programs: st.SearchStrategy[str] = st.one_of(*_typed(3).values()).map(_closed)
"""Programs without type errors: they evaluate, wait, or divide by zero."""
