"""While the demo is made, the focus stays where something can be pressed."""

from gui.welcome.page import WelcomePage


def test_the_focus_goes_from_the_demo_to_its_cancel_and_back(qtbot):
    page = WelcomePage()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page._demo.setFocus()
    page.show_making(0, 150)
    assert page._cancel.hasFocus()
    page.show_making(60, 150)
    assert page._cancel.hasFocus()
    page.show_made()
    assert page._demo.hasFocus()
    assert not page._cancel.isVisible()
