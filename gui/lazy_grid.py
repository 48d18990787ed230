"""Lay out any number of cards in a grid, making widgets only for those that are seen."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

_GAP_PX = 12
_ROWS_BEYOND = 1


class LazyGrid(QScrollArea):
    """A scroll area over cards of one size; a card that scrolls out is used for another one.

    ``make`` makes an empty card and ``draw`` shows the item of a number on it.

    Signals:
        shown: numbers of the items that are drawn now changed.
    """

    shown = Signal()

    def __init__(
        self,
        card_size: QSize,
        make: Callable[[], QWidget],
        draw: Callable[[QWidget, int], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._make, self._draw = card_size, make, draw
        self._count = self._left_at = 0
        self._cards: dict[int, QWidget] = {}
        self._spare: list[QWidget] = []
        self._ground = QWidget()
        self.setWidget(self._ground)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._place())

    def set_count(self, count: int) -> None:
        """Say how many items there are, and draw those that are seen."""
        self._count = count
        self._fit()
        self.redraw()

    def redraw(self) -> None:
        """Draw every item that is seen anew."""
        self._place()
        for number, card in self._cards.items():
            self._draw(card, number)
        self.shown.emit()

    def card(self, number: int) -> QWidget | None:
        """Return the card of an item that is seen, or None."""
        return self._cards.get(number)

    def cards(self) -> dict[int, QWidget]:
        """Return the cards that are seen by their items' numbers."""
        return dict(self._cards)

    def reveal(self, number: int) -> None:
        """Scroll to an item and give its card the focus."""
        top = self._place_of(number).y()
        view = self.viewport().height()
        bar = self.verticalScrollBar()
        if top < bar.value():
            bar.setValue(max(0, top - _GAP_PX))
        elif top + self._size.height() > bar.value() + view:
            bar.setValue(top + self._size.height() + _GAP_PX - view)
        self._place()
        card = self._cards.get(number)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_focus(self, number: int, event: QKeyEvent) -> bool:
        """Go from one card to a neighbour by the arrow keys; return whether there was one."""
        columns = self._columns()
        step = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }.get(Qt.Key(event.key()))
        if step is None or not 0 <= number + step < self._count:
            return False
        self.reveal(number + step)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Go on from the card that had the focus before it scrolled out."""
        if not self.hasFocus() or not self.move_focus(min(self._left_at, self._count - 1), event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Lay the cards out for another width."""
        super().resizeEvent(event)
        self._fit()
        self._place()

    def _columns(self) -> int:
        room = self.viewport().width() - _GAP_PX
        return max(1, room // (self._size.width() + _GAP_PX))

    def _card_width(self) -> int:
        """Return the width of a card: what is left over is shared out."""
        columns = self._columns()
        room = self.viewport().width() - _GAP_PX * (columns + 1)
        return max(self._size.width(), min(room // columns, round(self._size.width() * 1.5)))

    def _fit(self) -> None:
        rows = -(-self._count // self._columns())
        height = _GAP_PX + rows * (self._size.height() + _GAP_PX)
        self._ground.resize(self.viewport().width(), max(height, 1))

    def _place_of(self, number: int) -> QPoint:
        row, column = divmod(number, self._columns())
        return QPoint(
            _GAP_PX + column * (self._card_width() + _GAP_PX),
            _GAP_PX + row * (self._size.height() + _GAP_PX),
        )

    def _seen(self) -> range:
        high = self._size.height() + _GAP_PX
        top = self.verticalScrollBar().value()
        first = max(0, top // high - _ROWS_BEYOND)
        last = (top + self.viewport().height()) // high + 1 + _ROWS_BEYOND
        columns = self._columns()
        return range(first * columns, min(self._count, last * columns))

    def _place(self) -> None:
        seen = self._seen()
        for number in [n for n in self._cards if n not in seen]:
            self._put_away(number)
        for number in seen:
            if number not in self._cards:
                self._cards[number] = self._take()
                self._draw(self._cards[number], number)
            card = self._cards[number]
            card.setFixedSize(self._card_width(), self._size.height())
            card.move(self._place_of(number))
            card.show()
        self._order_tabs(seen)

    def _put_away(self, number: int) -> None:
        """Hide a card that scrolled out; the focus stays with the grid.

        Left to itself Qt hands the focus to the next card and scrolls back to it.
        """
        card = self._cards.pop(number)
        focus = self.focusWidget()
        if focus is card or (bool(focus) and card.isAncestorOf(focus)):
            self._left_at = number
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        card.hide()
        self._spare.append(card)

    def _take(self) -> QWidget:
        card = self._spare.pop() if self._spare else self._make()
        if card.parent() is not self._ground:
            card.setParent(self._ground)
        return card

    def _order_tabs(self, seen: range) -> None:
        cards = [self._cards[number] for number in seen]
        for before, after in itertools.pairwise(cards):
            QWidget.setTabOrder(before, after)
