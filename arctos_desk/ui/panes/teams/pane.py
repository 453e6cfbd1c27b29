"""Teams: the list of them, one of them with its roster, and lists taken in from a spreadsheet.

Shows rows and says what a person entered; every rule is the command's. What was refused stands beside its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from arctos_desk.interchange.roster_headings import Means
from arctos_desk.interchange.roster_preview import Decision, RosterPreview, preview
from arctos_desk.interchange.roster_table import RosterTable, read_rosters
from arctos_desk.operations import commands
from arctos_desk.operations.commands import Command, PlayerEntry, Undo
from arctos_desk.operations.desk import Outcome
from arctos_desk.operations.handlers.teams import LOGO_MOST
from arctos_desk.operations.rights import why_not_act, why_not_roster
from arctos_desk.operations.roster_views import RosterView, possible_duplicates, rosters_view
from arctos_desk.tournament.reasons import Outage, Problem, Refused
from arctos_desk.ui import theme
from arctos_desk.ui.actions import Actions
from arctos_desk.ui.background import BadNews
from arctos_desk.ui.desk_port import DeskHandle, sentences
from arctos_desk.ui.dialogs.files import FileChooser
from arctos_desk.ui.main_window import Pane
from arctos_desk.ui.panes.teams.asking import EraseSheet, MoveSheet
from arctos_desk.ui.panes.teams.keys import ENTRIES
from arctos_desk.ui.panes.teams.logo import logo_from_file
from arctos_desk.ui.panes.teams.pair_sheet import PairSheet
from arctos_desk.ui.panes.teams.roster import RosterGrid
from arctos_desk.ui.panes.teams.rows import (
    MERCENARIES,
    PairRow,
    PlayerRow,
    count_words,
    found_players,
    key_of,
    limit_words,
    pair_rows,
    pairs_words,
    player_rows,
    roster_name,
    set_aside_from,
    set_aside_with,
    team_rows,
    totals_words,
)
from arctos_desk.ui.panes.teams.take_sheet import TakeSheet
from arctos_desk.ui.panes.teams.taking_rows import taken_words
from arctos_desk.ui.panes.teams.team_form import NAME, TeamForm
from arctos_desk.ui.panes.teams.team_list import TeamList
from arctos_desk.ui.refresh import CLOCK, Change
from arctos_desk.ui.text import plain_tip, render, tr
from arctos_desk.ui.widgets.button import Button
from arctos_desk.ui.widgets.card import Card, rule
from arctos_desk.ui.widgets.chip import Chip
from arctos_desk.ui.widgets.elided_label import ElidedLabel
from arctos_desk.ui.widgets.empty_state import EmptyState
from arctos_desk.ui.widgets.label import label
from arctos_desk.ui.widgets.notice import Notice, NoticeArea

_CHOSEN_KEY: Final = "teams/chosen"
_ASIDE_KEY: Final = "teams/not_same"
_LIST_PX: Final = 344
_NARROW_LIST_PX: Final = 240
_WIDE_FROM_PX: Final = 1120
"""From this width of the pane on, the list of teams has all its room."""


class TeamsPane(Pane):
    """`who_asked` is emitted when a person who may only look wants to say who they are."""

    who_asked = Signal()

    def __init__(
        self,
        desk: DeskHandle,
        actions: Actions,
        *,
        files: FileChooser,
        tools: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pane_teams")
        self._desk = desk
        self._actions = actions
        self._files = files
        self._seen: tuple[object, ...] = ()
        self._on_its_way: list[Command] = []
        self._rosters: tuple[RosterView, ...] = ()
        self._pairs: tuple[PairRow, ...] = ()
        self._why_not = ""
        self._key = desk.memory.recall(_CHOSEN_KEY)
        self._to_choose = ""
        self._shown_roster = ""
        self._pair_sheet: PairSheet | None = None
        self._move_sheet: MoveSheet | None = None
        self._erase_sheet: EraseSheet | None = None
        self._take_sheet: TakeSheet | None = None
        self.list = TeamList(self)
        self.roster = RosterGrid(self)
        # Del is about what has the keyboard.
        owners: dict[str, QWidget] = {
            "team_delete": self.list, "player_delete": self.roster, "player_erase": self.roster,
        }  # fmt: skip
        for entry in ENTRIES:
            actions.add(entry, owners.get(entry.id, self))
        self._build()
        for action_id, act in (
            ("teams_add", self.begin_team),
            ("teams_paste", self.paste),
            ("teams_import", self.import_file),
            ("teams_search", self._to_search),
            ("teams_pairs", self.show_pairs),
            ("team_delete", self._delete_team),
            ("player_delete", self._delete_player),
            ("player_add", self._begin_player),
            ("player_move", self._ask_move),
            ("player_erase", self._ask_erase),
        ):
            actions.on(action_id, act)
        for action_id in owners:
            actions[action_id].setAutoRepeat(False)
        self.set_header(tr("Teams"), "", tuple(tools))

    # building

    def _build(self) -> None:
        self.notices = NoticeArea(self)
        self.read_only = Notice(
            "", "", "done", self, name="teams_read_only", icon="lock", action=tr("I am…"), key="Ctrl+I"
        )
        self.read_only.acted.connect(self.who_asked)
        self.read_only.hide()
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("teams_pages")
        self.empty = self._empty_page()
        self.body = QWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self.body)
        columns = QHBoxLayout(self.body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.GAP_16)
        columns.addWidget(self._list_card())
        columns.addWidget(self._team_card(), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        whole.setSpacing(theme.GAP_12)
        self.bar = self._bar()
        whole.addWidget(self.bar)
        whole.addWidget(self.read_only)
        whole.addWidget(self.pages, 1)

    def _empty_page(self) -> EmptyState:
        page = EmptyState(
            tr("No teams yet"),
            tr(
                "Teams and their players belong here. Copy them in a spreadsheet and paste them, import a file, "
                "or write them one by one."
            ),
            name="teams_empty",
            action=self._actions["teams_add"],
        )
        column = page.layout()
        assert isinstance(column, QVBoxLayout)
        for action_id, name in (("teams_paste", "teams_empty_paste"), ("teams_import", "teams_empty_import")):
            button = Button("", page, name=name, icon="import" if action_id == "teams_paste" else "open", big=True)
            button.follow(self._actions[action_id])
            column.insertWidget(column.count() - 1, button, 0, Qt.AlignmentFlag.AlignHCenter)
        return page

    def _bar(self) -> QWidget:
        bar = QWidget(self)
        self.search = QLineEdit(bar)
        self.search.setObjectName("teams_search")
        self.search.setAccessibleName(tr("Search teams and players"))
        self.search.setPlaceholderText(tr("Search: team, player, number…"))
        self.search.setToolTip(tr("Teams and players in which all these words stand  (Ctrl F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setFont(theme.font())
        # The buttons beside it keep their words first.
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(_LIST_PX)
        self.search.textChanged.connect(lambda _: self._searched())
        self.search.returnPressed.connect(self._go_to_found)
        self.count = ElidedLabel("", bar, name="teams_count", tone="muted")
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP_8)
        row.addWidget(self.search, 100)
        row.addSpacing(theme.GAP_8)
        row.addWidget(self.count)
        row.addStretch(1)
        for action_id in ("teams_add", "teams_paste", "teams_import"):
            icon = {"teams_add": "plus", "teams_paste": "import", "teams_import": "open"}[action_id]
            button = Button("", bar, name=f"bar_{action_id}", icon=icon)  # type: ignore[arg-type]
            row.addWidget(button.follow(self._actions[action_id]))
        return bar

    def _list_card(self) -> Card:
        card = Card("", self.body, name="teams_card", padding=0)
        self._teams_card = card
        self._inset_line(card)
        self.list.chosen.connect(self.choose)
        self.list.entered.connect(self._to_roster)
        self.none_found = label(
            tr("No team and no player is called so."), card, name="teams_none_found", tone="muted", wrap=True
        )
        self.none_found.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        self.none_found.hide()
        card.body.addWidget(self.none_found)
        card.body.addWidget(self.list, 1)
        self.pairs = Notice("", "", "done", card, name="teams_pairs", icon="question", action=tr("Look"), key="D")
        self.pairs.acted.connect(self.show_pairs)
        self.pairs.hide()
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.GAP_8, theme.GAP_8, theme.GAP_8, theme.GAP_8)
        foot.addWidget(self.pairs)
        self._pairs_foot = QWidget(card)
        self._pairs_foot.setLayout(foot)
        self._pairs_foot.hide()
        card.body.addWidget(self._pairs_foot)
        return card

    def _team_card(self) -> Card:
        card = Card("", self.body, name="team_card", padding=0)
        self._inset_line(card)
        self.form = TeamForm(self, card)
        self.form.edited.connect(self._edit_team)
        self.form.add_asked.connect(self._add_team)
        self.form.new_left.connect(self._leave_new)
        self.form.logo_asked.connect(self._choose_logo)
        self.form.logo_removed.connect(lambda: self._set_logo(""))
        self.form.delete.follow(self._actions["team_delete"])
        self.free = QWidget(card)
        words = QVBoxLayout(self.free)
        words.setContentsMargins(theme.GAP_16, theme.GAP_16, theme.GAP_16, theme.GAP_16)
        words.setSpacing(theme.GAP_4)
        words.addWidget(label(tr("Mercenaries"), self.free, name="mercenaries_title", size="title", weight=700))
        words.addWidget(
            label(
                tr("Players without a team. Any team may take them onto the field."),
                self.free,
                name="mercenaries_words",
                tone="muted",
                wrap=True,
            )
        )
        self.roster.players.edited.connect(self._edit_player)
        self.roster.players.added.connect(self._add_player)
        self.roster.refused.connect(self._tell)
        self.roster.player_chosen.connect(self._show_possible)
        self.below = QWidget(card)
        foot = QHBoxLayout(self.below)
        foot.setContentsMargins(theme.GAP_16, theme.GAP_8, theme.GAP_16, theme.GAP_8)
        foot.setSpacing(theme.GAP_8)
        for action_id, icon in (("player_add", "plus"), ("player_move", "right"), ("player_delete", "trash")):
            button = Button("", self.below, name=f"roster_{action_id}", icon=icon)  # type: ignore[arg-type]
            foot.addWidget(button.follow(self._actions[action_id]))
            if action_id != "player_add":
                # A press on it must not take the cursor from the player it is about.
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.erase = Button(tr("Erase…"), self.below, name="roster_player_erase")
        self.erase.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.erase.clicked.connect(self._actions["player_erase"].trigger)
        foot.addWidget(self.erase)
        foot.addStretch(1)
        self.size_words = ElidedLabel("", self.below, name="roster_size", tone="muted", right=True)
        self.over = Chip("", "warning", "warning", self.below, name="roster_over")
        self.over.hide()
        foot.addWidget(self.size_words)
        foot.addWidget(self.over)
        self._form_rule = rule(card)
        self._foot_rule = rule(card)
        for part in (self.form, self.free, self._form_rule):
            card.body.addWidget(part)
        card.body.addWidget(self.roster, 1)
        self.room = QWidget(card)
        card.body.addWidget(self.room, 1)
        card.body.addWidget(self._foot_rule)
        card.body.addWidget(self.below)
        return card

    @staticmethod
    def _inset_line(card: Card) -> None:
        line = theme.tokens().line_px
        card.body.setContentsMargins(line, line, line, line)
        card.body.setSpacing(0)

    # rows

    @property
    def key(self) -> str:
        """The key of the chosen team."""
        return self._key

    def refresh(self, change: Change) -> None:
        if change == CLOCK and self._seen:
            return
        state, acting = self._desk.state, self._desk.acting
        event = state.event
        # Points and results go by all day; a roster is made anew only for what stands in it.
        seen = (event.teams, event.players, event.matches, event.info, event.people, state.people, acting)
        if len(seen) != len(self._seen) or any(one is not other for one, other in zip(seen, self._seen, strict=True)):
            rosters = rosters_view(state, acting)
            if [roster.players for roster in rosters] != [roster.players for roster in self._rosters]:
                self._pairs = self._read_pairs(rosters)
            self._rosters, self._seen = rosters, seen
        self._show_rights()
        self._show()

    def _read_pairs(self, rosters: Sequence[RosterView]) -> tuple[PairRow, ...]:
        aside = set_aside_from(self._desk.memory.recall(_ASIDE_KEY))
        return pair_rows(possible_duplicates(self._desk.state, self._desk.acting), rosters, aside)

    def _show_rights(self) -> None:
        """Who may only look is told so, and why, above everything."""
        problems = self._why_not_change()
        self._why_not = render(problems[0].words) if problems else ""
        if problems:
            step = problems[0].next_step
            self.read_only.say(tr("You can look, but not change"), self._why_not)
            self.read_only.setToolTip(plain_tip("" if step is None else render(step)))
        self.read_only.setVisible(bool(problems))
        if self.read_only.action is not None:
            self.read_only.action.setVisible(self._desk.why_not_write is None)
        reasons = [self._why_not] if self._why_not else []
        for action_id in ("teams_add", "teams_paste", "teams_import"):
            self._actions.set_why_not(action_id, reasons)
        self.form.set_why_not(self._why_not)

    def _why_not_change(self) -> tuple[Problem, ...]:
        if self._desk.why_not_write is not None:
            return (Problem("READ_ONLY", self._desk.why_not_write),)
        state, acting = self._desk.state, self._desk.acting
        return (*why_not_act(state, acting), *why_not_roster(state.event, acting))

    def _show(self) -> None:
        name = self._desk.state.event.info.name
        if self.subtitle != name:
            self.set_header(tr("Teams"), name)
        nothing = len(self._rosters) < 2 and not any(roster.players for roster in self._rosters)
        is_empty = nothing and not self.form.is_new
        focus: QWidget | None = self.window().focusWidget()
        page = self.empty if is_empty else self.body
        turns = page is not self.pages.currentWidget() and focus is not None and self.pages.isAncestorOf(focus)
        self.bar.setVisible(not is_empty)
        self._show_list()
        if self._to_choose and self._roster(self._to_choose) is not None:
            self._set_key(self._to_choose)
            self._to_choose = ""
        elif self._roster() is None:
            self._set_key("" if nothing else key_of(self._rosters[0].team_id))
        self.list.choose("" if self.form.is_new else self._key)
        self._show_team()
        self.pages.setCurrentWidget(page)
        if turns:
            self.take_focus()
        self.count.set_text(totals_words(self._rosters, self._desk.state.event.info.most_teams))
        self.pairs.say(pairs_words(len(self._pairs)))
        self.pairs.setVisible(bool(self._pairs))
        self._pairs_foot.setVisible(bool(self._pairs))
        self._actions.set_why_not("teams_pairs", () if self._pairs else (tr("There are no possible duplicates"),))
        if self._pair_sheet is not None:
            self._pair_sheet.show_pairs(self._pairs, self._why_not)
        if self._take_sheet is not None:
            self._take_sheet.compare_again(self._why_not)

    def _show_list(self) -> None:
        rows = team_rows(self._rosters, self.search.text())
        self.list.show_rows(rows)
        self.none_found.setVisible(not rows)
        self.list.setVisible(bool(rows))

    def _roster(self, key: str = "") -> RosterView | None:
        wanted = key or self._key
        return next((roster for roster in self._rosters if wanted and key_of(roster.team_id) == wanted), None)

    def _set_key(self, key: str) -> None:
        if key != self._key:
            self._key = key
            self._desk.memory.remember(_CHOSEN_KEY, key)

    def _show_team(self) -> None:
        """The chosen team, or the one that is being made."""
        roster = self._roster()
        is_new = self.form.is_new
        is_team = roster is not None and roster.team_id is not None
        self.form.setVisible(is_new or is_team)
        self.free.setVisible(not is_new and roster is not None and not is_team)
        for part in (self.roster, self._foot_rule, self.below):
            part.setVisible(not is_new)
        self.room.setVisible(is_new)
        if is_new or roster is None:
            self._show_possible()
            return
        if is_team:
            self.form.show_team(roster)
        if self._shown_roster != key_of(roster.team_id):
            self._shown_roster = key_of(roster.team_id)
            self.roster.players.begin()
        self.roster.show_players(player_rows(roster), self._why_not)
        self.roster.setAccessibleName(tr("Roster of {team}", team=roster_name(roster)))
        count, words = count_words(len(roster.players), roster.limit), limit_words(len(roster.players), roster.limit)
        self.size_words.set_text("" if roster.over else count)
        self.size_words.setAccessibleName(words)
        self.size_words.setToolTip(plain_tip(words))
        self.over.show_state(count, "warning", "warning")
        self.over.setToolTip(plain_tip(tr("{players}: more than the event allows", players=words)))
        self.over.setAccessibleName(self.over.toolTip())
        self.over.setVisible(roster.over)
        self._show_possible()

    def _show_possible(self) -> None:
        """Which of the orders about players are possible now, each with its reason."""
        row = None if self.form.is_new else self.roster.chosen
        reasons = [self._why_not] if self._why_not else []
        choose = [tr("Choose a player first")] if row is None else []
        new = [tr("First the team, then its players")] if self.form.is_new else []
        self._actions.set_why_not("player_add", reasons or new)
        self._actions.set_why_not("player_move", reasons or choose)
        self._actions.set_why_not("player_erase", reasons or choose)
        self.erase.setEnabled(not (reasons or choose))
        self.erase.setToolTip(self._actions["player_erase"].toolTip())
        self._actions.set_why_not("player_delete", reasons or choose)
        no_team = [tr("Choose a team first")] if self.form.is_new or self._key in ("", MERCENARIES) else []
        self._actions.set_why_not("team_delete", reasons or no_team)

    # choosing

    def choose(self, key: str) -> None:
        """Show a team as if a person had chosen it."""
        if key == self._key and not self.form.is_new:
            return
        self.roster.commit()
        self._leave_form()
        self._set_key(key)
        self._show()

    def choose_player(self, key: str, player_id: str) -> None:
        """Show a player on the roster: from a search."""
        self.choose(key)
        self.roster.choose(player_id)

    def _leave_form(self) -> None:
        if self.form.is_new:
            roster = self._roster()
            self.form.leave_new()
            if roster is not None and roster.team_id is not None:
                self.form.show_team(roster)
        else:
            self.form.commit()

    def _searched(self) -> None:
        self._show_list()
        rows = self.list.teams.rows
        if rows and not self.form.is_new:
            key = self._key if any(row.key == self._key for row in rows) else rows[0].key
            self.choose(key)
            self.list.choose(self._key)
            found = found_players(self._roster() or self._rosters[-1], self.search.text())
            if found:
                self.roster.choose(found[0].player_id)

    def _go_to_found(self) -> None:
        if self.list.teams.rows:
            self._to_roster()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_roster(self) -> None:
        if self.roster.isVisible():
            self.roster.setFocus(Qt.FocusReason.OtherFocusReason)

    # teams

    def begin_team(self) -> None:
        """Empty inputs for a new team."""
        self.roster.commit()
        self.form.begin_new()
        self._show()
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_new(self) -> None:
        self._leave_form()
        self._show()
        self.take_focus()

    def _add_team(self, name: str, short: str, colour: str) -> None:
        def added(outcome: Outcome) -> None:
            self._leave_form()
            self._to_choose = str(outcome.value)
            self.refresh(Change(everything=True))
            self.roster.begin_player()

        self._do(
            commands.AddTeam(name=name, shortname=short, colour=colour), then=added, otherwise=self._refused_in_form
        )

    def _edit_team(self, team_id: str, which: str, value: str) -> None:
        command = commands.EditTeam(team=team_id, **{which: value})  # type: ignore[arg-type]
        before = self._desk.state.event.teams.get(team_id)
        name = "" if before is None else before.name

        def refused(news: BadNews) -> None:
            if self.form.team_id == team_id:
                self._refused_in_form(news)
            else:
                # Another team is shown by now: at its inputs this would be said of the wrong one.
                self._bad(news, tr("{team} stays as it was", team=name))

        self._do(command, otherwise=refused)

    def _refused_in_form(self, news: BadNews) -> None:
        if isinstance(news, Outage):
            self._bad(news)
            return
        for problem in news.problems:
            said = [problem.words, *([problem.next_step] if problem.next_step is not None else [])]
            if problem.place in ("name", "shortname", "colour"):
                self.form.show_wrong(problem.place, ". ".join(render(words) for words in said))
            else:
                self.form.show_wrong(NAME, ". ".join(render(words) for words in said))

    def _choose_logo(self) -> None:
        path = self._files.picture_to_show()
        if not path:
            return
        try:
            logo = logo_from_file(path, LOGO_MOST)
        except Refused as news:
            self._bad(news)
            return
        self._set_logo(logo)

    def _set_logo(self, logo: str) -> None:
        self._do(commands.EditTeam(team=self.form.team_id, logo=logo))

    def _delete_team(self) -> None:
        roster = self._roster()
        if roster is None or roster.team_id is None:
            return
        rows = [row.key for row in self.list.teams.rows]
        place = rows.index(self._key) if self._key in rows else 0
        name, players = roster.name, len(roster.players)
        others = [key for key in (*rows[place + 1 :], *reversed(rows[:place])) if key != MERCENARIES]
        follow = others[0] if others else MERCENARIES

        def deleted(outcome: Outcome) -> None:
            self._to_choose = follow
            sentence = tr("Its players are mercenaries now.") if players else ""
            self._tell(tr("{team} is out of the event", team=name), sentence, "done", undo=outcome.operation)

        self._do(commands.DeleteTeam(team=roster.team_id), then=deleted, headline=tr("{team} stays", team=name))

    # players

    def _begin_player(self) -> None:
        self.roster.begin_player()

    def _add_player(self, key: str, row: PlayerRow) -> None:
        roster = self._roster(self._shown_roster)
        entry = PlayerEntry(
            name=row.name,
            jersey_name=row.jersey_name,
            number=row.number,
            paid=row.paid,
            head_ref=row.head_ref,
            injury=row.injury,
            injury_public=row.injury_public,
        )
        team_id = None if roster is None else roster.team_id

        def added(outcome: Outcome) -> None:
            self.roster.players.became(key, str(outcome.value))
            self._tell_findings(outcome)

        def refused(news: BadNews) -> None:
            self.roster.players.refuse_new(key, _in_one_line(news))
            self._bad(news, tr("{name} was not added", name=row.name))

        self._do(commands.AddPlayer(player=entry, team=team_id), then=added, otherwise=refused)

    def _edit_player(self, player_id: str, register: str, value: object) -> None:
        def saved(outcome: Outcome) -> None:
            self.roster.players.saved(player_id, register)
            self._tell_findings(outcome)

        def refused(news: BadNews) -> None:
            self.roster.players.refuse(player_id, register, _in_one_line(news))
            self._bad(news)

        command = commands.EditPlayer(player=player_id, **{register: value})  # type: ignore[arg-type]
        self._do(command, then=saved, otherwise=refused)

    def _delete_player(self) -> None:
        row, roster = self.roster.chosen, self._roster()
        if row is None or roster is None:
            return
        name, team = row.name, roster_name(roster)

        def deleted(outcome: Outcome) -> None:
            said = tr("{name} is no longer with {team}", name=name, team=team)
            self._tell(said, "", "done", undo=outcome.operation)

        self._do(commands.DeletePlayer(player=row.key), then=deleted, headline=tr("{name} stays", name=name))

    def _ask_move(self) -> None:
        row = self.roster.chosen
        if row is None:
            return
        if self._move_sheet is None:
            self._move_sheet = MoveSheet(self.window())
            self._move_sheet.chosen.connect(self._move)
            self.destroyed.connect(self._move_sheet.deleteLater)
        others = [
            (key_of(roster.team_id), roster_name(roster))
            for roster in self._rosters
            if key_of(roster.team_id) != self._key
        ]
        self._move_sheet.ask_where(row.key, row.name, others)

    def _move(self, player_id: str, key: str) -> None:
        name = next((row.name for row in self.roster.players.rows if row.key == player_id), "")
        target = self._roster(key)
        if target is None:
            return
        team = roster_name(target)

        def moved(outcome: Outcome) -> None:
            said = tr("{name} is with {team} now", name=name, team=team)
            self._tell(said, _findings(outcome), "done", undo=outcome.operation)

        headline = tr("{name} stays", name=name)
        self._do(commands.MovePlayer(player=player_id, team=target.team_id), then=moved, headline=headline)

    def _ask_erase(self) -> None:
        row = self.roster.chosen
        if row is None:
            return
        if self._erase_sheet is None:
            self._erase_sheet = EraseSheet(self.window())
            self._erase_sheet.consented.connect(self._erase)
            self.destroyed.connect(self._erase_sheet.deleteLater)
        self._erase_sheet.ask(row.key, row.name)

    def _erase(self, player_id: str) -> None:
        def erased(_: Outcome) -> None:
            older = tr("Backups and copies that were made before still hold it; they are in the data folder.")
            self._tell(tr("Everything about this player was forgotten"), older, "done")

        self._do(commands.DeletePlayer(player=player_id, erase=True), then=erased, headline=tr("Nothing was erased"))

    # possible duplicates

    def show_pairs(self) -> None:
        """Open the list of entries that may be one person."""
        if self._pair_sheet is None:
            self._pair_sheet = PairSheet(self.window())
            self._pair_sheet.merge_asked.connect(self._merge)
            self._pair_sheet.different_asked.connect(self._set_aside)
            self.destroyed.connect(self._pair_sheet.deleteLater)
        self._pair_sheet.show_pairs(self._pairs, self._why_not)
        self._pair_sheet.open_sheet()

    def _merge(self, stays: str, goes: str) -> None:
        def merged(outcome: Outcome) -> None:
            self._tell(tr("Two entries are one now"), _findings(outcome), "done", undo=outcome.operation)

        command = commands.MergePlayers(player=stays, duplicate=goes)
        self._do(command, then=merged, headline=tr("Both entries stay"))

    def _set_aside(self, key: str) -> None:
        memory = self._desk.memory
        memory.remember(_ASIDE_KEY, set_aside_with(memory.recall(_ASIDE_KEY), key))
        self._pairs = self._read_pairs(self._rosters)
        self._show()

    # lists

    def paste(self) -> None:
        """Look at the list on the clipboard."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._tell(
                tr("The clipboard holds no text"), tr("Copy the cells in your spreadsheet first, then paste them here.")
            )
            return
        self._look_at(text, "")

    def import_file(self) -> None:
        """Ask for a file and look at its list."""
        path = self._files.list_to_import()
        if not path:
            return
        file = Path(path)
        try:
            contents = file.read_bytes()
        except OSError as error:
            self._tell(tr("{file} cannot be read", file=file.name), str(error.strerror or ""), "danger")
            return
        self._look_at(contents, file.name)

    def _look_at(self, contents: str | bytes, file_name: str) -> None:
        """Show what taking in a list would do."""
        if self._take_sheet is None:
            self._take_sheet = TakeSheet(self.window())
            self._take_sheet.take_asked.connect(self._take_in)
            self.destroyed.connect(self._take_sheet.deleteLater)
        self.roster.commit()

        def read(means: Sequence[Means]) -> RosterTable:
            return read_rosters(contents, file_name=file_name, means=means)

        def compare(table: RosterTable, team: str | None, decisions: Mapping[int, Decision]) -> RosterPreview:
            return preview(table, self._desk.state, team=team, decisions=decisions)

        teams = [(roster.team_id, roster.name) for roster in self._rosters if roster.team_id is not None]
        self._take_sheet.show_list(read, compare, teams=teams, team=self._key, why_not=self._why_not)

    def _take_in(self, wanted: RosterPreview) -> None:
        sheet = self._take_sheet
        if sheet is None:
            return
        first = wanted.order.teams[0] if wanted.order.teams else None

        def taken(outcome: Outcome) -> None:
            sheet.close_sheet()
            if first is not None:
                teams = self._desk.state.event.teams.values()
                made = next((team.id for team in teams if team.name == first.name), "")
                self._to_choose = first.team or made
            self._tell(taken_words(wanted), _findings(outcome), "running", undo=outcome.operation)

        def refused(news: BadNews) -> None:
            if isinstance(news, Outage):
                sheet.close_sheet()
                self._bad(news)
            else:
                sheet.show_refused(news.problems)

        self._do(wanted.order, then=taken, otherwise=refused)

    # performing and telling

    def _do(
        self,
        command: Command,
        *,
        then: Callable[[Outcome], object] | None = None,
        otherwise: Callable[[BadNews], object] | None = None,
        headline: str = "",
    ) -> None:
        if command in self._on_its_way:
            # Enter was pressed twice: the answer to the first is on its way.
            return

        def done(outcome: Outcome) -> None:
            self._on_its_way.remove(command)
            if then is not None:
                then(outcome)

        def refused(news: BadNews) -> None:
            self._on_its_way.remove(command)
            if otherwise is not None:
                otherwise(news)
            else:
                self._bad(news, headline)

        self._quieten()
        self._on_its_way.append(command)
        self._desk.perform(command, then=done, otherwise=refused)

    def _bad(self, news: BadNews, headline: str = "") -> None:
        said = [render(words) for words in sentences(news)]
        if headline:
            self._tell(headline, "\n".join(said))
        else:
            self._tell(said[0] if said else "", "\n".join(said[1:]))

    def _tell_findings(self, outcome: Outcome) -> None:
        said = _findings(outcome)
        if said:
            self._tell(said, tr("It was saved all the same."), "warning")

    def _tell(self, headline: str, sentence: str = "", hue: theme.HueName = "warning", *, undo: str = "") -> None:
        """One notice at a time, over the foot of the pane, so that nothing moves."""
        self._quieten()
        self.notices.show_notice(
            headline,
            sentence,
            hue,
            action=tr("Undo") if undo else "",
            key="Ctrl+Z" if undo else "",
            then=(lambda: self._desk.perform(Undo(operation=undo), otherwise=self._bad)) if undo else None,
        )
        self._place_notices()

    def _quieten(self) -> None:
        for notice in self.notices.shown:
            self.notices.remove(notice)

    def _place_notices(self) -> None:
        wide = self.width()
        high = self.notices.sizeHint().height() if self.notices.shown else 0
        high = max(high, self.notices.heightForWidth(wide)) if self.notices.shown else 0
        self.notices.setGeometry(0, self.height() - high - theme.GAP_16, wide, high)
        self.notices.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_FROM_PX
        self._teams_card.setFixedWidth(_LIST_PX if wide else _NARROW_LIST_PX)
        self.pairs.shape.setVisible(wide)
        self._place_notices()

    # the frame

    def hidden(self) -> None:
        self.roster.commit()
        if not self.form.is_new:
            self.form.commit()
        self._quieten()

    def take_focus(self) -> None:
        target: QWidget = self.list
        if self.pages.currentWidget() is self.empty and self.empty.button is not None:
            target = self.empty.button
        elif self.form.is_new:
            target = self.form.name
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _in_one_line(news: BadNews) -> str:
    return ". ".join(render(words) for words in sentences(news))


def _findings(outcome: Outcome) -> str:
    return "\n".join(render(finding.words) for finding in outcome.findings)
