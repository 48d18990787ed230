"""Say what went wrong in the user's language, by the stable code of the fault.

In English the fault's own sentence is shown, which has the names and numbers of the case. In
another language the sentence that belongs to its code is; one whose code is unknown stays English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication

_CONTEXT = "Errors"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


def told(code: str, sentence: str, advice: str) -> tuple[str, str]:
    """Return the sentence and the advice of a fault in the language in use."""
    known = TOLD.get(code)
    if known is None:
        return sentence, advice
    if code in _OWN_ADVICE:  # the fault's own names a command of the terminal
        advice = known[1]
    in_own = tuple(QCoreApplication.translate(_CONTEXT, text) for text in known)
    if in_own == known:  # English is spoken, or nobody translated it: the case's own words
        return sentence, advice
    where = _WHERE.search(sentence) if code == "content_refused" else None
    if code == "not_told" and sentence:
        return f"{in_own[0]} ({sentence})", in_own[1]  # what a server said is in its own words
    return in_own[0] + (f" {where[0]}" if where else ""), in_own[1]


def told_of(error: Exception) -> tuple[str, str]:
    """Return the sentence and the advice of any error in the language in use."""
    code = getattr(error, "code", "") or getattr(error, "reason", "")
    if hasattr(error, "sentence"):
        return told(str(code), str(error.sentence), str(getattr(error, "advice", "")))
    if isinstance(error, OSError):
        return _told_of_system(error)
    mistake = QCoreApplication.translate("Errors", "Second Unit made a mistake ({0}).")
    advice = QCoreApplication.translate("Errors", "Try again. What was finished is kept.")
    return mistake.format(f"{type(error).__name__}: {error}"), advice


def _told_of_system(error: OSError) -> tuple[str, str]:
    """Return what the system refused, with the file's name and without its own numbers."""
    name = Path(str(error.filename)).name if error.filename else ""
    if isinstance(error, FileNotFoundError) and name:
        sentence = QCoreApplication.translate("Errors", "{0} is not there any more.")
        advice = QCoreApplication.translate(
            "Errors", "Put it back where it was, or check that its disk is connected."
        )
        return sentence.format(name), advice
    sentence = QCoreApplication.translate("Errors", "The system refused: {0}.")
    said = error.strerror or str(error)
    advice = QCoreApplication.translate("Errors", "Check the disk and its rights, then try again.")
    return sentence.format(f"{name}: {said}" if name else said), advice


_WHERE = re.compile(r"\(\d[\d:, .-]*\)")
"""The times that a refusal names; they are the same in every language."""
_OWN_ADVICE = frozenset(
    {"licences_not_accepted", "credentials_missing", "permission_missing", "quota_too_small"}
)
TOLD: Mapping[str, tuple[str, str]] = {
    "not_there": (
        QT_TRANSLATE_NOOP("Errors", "The video cannot be found."),
        QT_TRANSLATE_NOOP("Errors", "Check the name, and that the disk is connected."),
    ),
    "not_a_file": (
        QT_TRANSLATE_NOOP("Errors", "This is not a file."),
        QT_TRANSLATE_NOOP("Errors", "Drop a video file."),
    ),
    "empty": (
        QT_TRANSLATE_NOOP("Errors", "The file is empty."),
        QT_TRANSLATE_NOOP("Errors", "Copy or export it again."),
    ),
    "no_frames": (
        QT_TRANSLATE_NOOP("Errors", "This video has no frames."),
        QT_TRANSLATE_NOOP("Errors", "Export it again and drop the new file."),
    ),
    "no_video": (
        QT_TRANSLATE_NOOP("Errors", "There is no video in this file."),
        QT_TRANSLATE_NOOP("Errors", "Drop a video file."),
    ),
    "unknown_codec": (
        QT_TRANSLATE_NOOP(
            "Errors", "This video is coded in a way that cannot be read here, or is encrypted."
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Export it as H.264 from a program that plays it, and drop the new file."
        ),
    ),
    "encrypted": (
        QT_TRANSLATE_NOOP("Errors", "This video is encrypted and cannot be read."),
        QT_TRANSLATE_NOOP(
            "Errors", "Use a copy without copy protection that you have the right to change."
        ),
    ),
    "too_small": (
        QT_TRANSLATE_NOOP("Errors", "The picture is too small to show a face."),
        QT_TRANSLATE_NOOP("Errors", "Use a larger version of the video."),
    ),
    "too_large": (
        QT_TRANSLATE_NOOP("Errors", "The picture has more pixels than can be rendered."),
        QT_TRANSLATE_NOOP("Errors", "Scale it down and drop the new file."),
    ),
    "undecodable": (
        QT_TRANSLATE_NOOP("Errors", "Not one frame of this video can be decoded."),
        QT_TRANSLATE_NOOP(
            "Errors", "Play it elsewhere; if it plays, export it as H.264 and drop the new file."
        ),
    ),
    "no_times": (
        QT_TRANSLATE_NOOP(
            "Errors",
            "Pictures of this video have no time stamp, so nobody can say when they are shown.",
        ),
        QT_TRANSLATE_NOOP("Errors", "Remux it into an MP4 or MKV file and drop that."),
    ),
    "times_jump": (
        QT_TRANSLATE_NOOP(
            "Errors",
            "The time stamps of this video jump back, so nobody can say when its frames are shown.",
        ),
        QT_TRANSLATE_NOOP("Errors", "Remux or export it with continuous time stamps."),
    ),
    "not_media": (
        QT_TRANSLATE_NOOP("Errors", "This is not a video that can be read."),
        QT_TRANSLATE_NOOP(
            "Errors", "Play it elsewhere; if it plays, export it as MP4 and drop the new file."
        ),
    ),
    "playlist": (
        QT_TRANSLATE_NOOP(
            "Errors", "This is a playlist, not a video; what it points to was not opened."
        ),
        QT_TRANSLATE_NOOP("Errors", "Drop the video file itself."),
    ),
    "picture": (
        QT_TRANSLATE_NOOP("Errors", "This is a picture, not a video."),
        QT_TRANSLATE_NOOP("Errors", "Drop it as a source photo."),
    ),
    "unfinished": (
        QT_TRANSLATE_NOOP("Errors", "This is an unfinished recording: it has no index."),
        QT_TRANSLATE_NOOP(
            "Errors", "Let the recorder finish, or repair the file with the tool that made it."
        ),
    ),
    "crashed": (
        QT_TRANSLATE_NOOP("Errors", "Reading this file ended the reader."),
        QT_TRANSLATE_NOOP("Errors", "The app is unharmed. Re-export the file and try again."),
    ),
    "too_slow": (
        QT_TRANSLATE_NOOP(
            "Errors", "Reading this file took far longer than it should and was ended."
        ),
        QT_TRANSLATE_NOOP("Errors", "Re-export the file and try again."),
    ),
    "needs_too_much_memory": (
        QT_TRANSLATE_NOOP("Errors", "Reading this file needs more memory than it is allowed."),
        QT_TRANSLATE_NOOP("Errors", "Re-export the file at a smaller size and try again."),
    ),
    "unreadable": (
        QT_TRANSLATE_NOOP("Errors", "This file cannot be read."),
        QT_TRANSLATE_NOOP("Errors", "Check the file and its disk, then try again."),
    ),
    "scan_missing": (
        QT_TRANSLATE_NOOP("Errors", "What was found in this video was deleted since."),
        QT_TRANSLATE_NOOP("Errors", "It is looked at again by itself."),
    ),
    "source_missing": (
        QT_TRANSLATE_NOOP("Errors", "The video is not there any more."),
        QT_TRANSLATE_NOOP("Errors", "Put it back where it was, or remove it from the queue."),
    ),
    "source_changed": (
        QT_TRANSLATE_NOOP(
            "Errors", "The video is not the file any more that the render was begun with."
        ),
        QT_TRANSLATE_NOOP(
            "Errors", "Put the same file back, or render the new one as a video of its own."
        ),
    ),
    "source_refused": (
        QT_TRANSLATE_NOOP("Errors", "This file cannot be rendered."),
        QT_TRANSLATE_NOOP("Errors", "Try another file, or export it again."),
    ),
    "model_missing": (
        QT_TRANSLATE_NOOP("Errors", "A model file that is needed is not installed."),
        QT_TRANSLATE_NOOP(
            "Errors", "Open “Is everything there?” in the Help menu; it says what to do."
        ),
    ),
    "model_corrupt": (
        QT_TRANSLATE_NOOP("Errors", "A model file is damaged; it was not opened."),
        QT_TRANSLATE_NOOP(
            "Errors", "Open “Is everything there?” in the Help menu; it says what to do."
        ),
    ),
    "photo_unreadable": (
        QT_TRANSLATE_NOOP("Errors", "This photo cannot be read."),
        QT_TRANSLATE_NOOP("Errors", "Save it as JPEG or PNG and try again."),
    ),
    "casting_refused": (
        QT_TRANSLATE_NOOP("Errors", "This casting names nobody who can be told apart."),
        QT_TRANSLATE_NOOP("Errors", "Choose the person again."),
    ),
    "content_refused": (
        QT_TRANSLATE_NOOP("Errors", "The content check does not allow this material."),
        QT_TRANSLATE_NOOP("Errors", "Nothing was rendered. Choose other material."),
    ),
    "licences_not_accepted": (
        QT_TRANSLATE_NOOP("Errors", "Some models of this look are not for commercial use."),
        QT_TRANSLATE_NOOP(
            "Errors", "Press Render: you are asked once whether you agree to their licences."
        ),
    ),
    "no_sound": (
        QT_TRANSLATE_NOOP("Errors", "This video has no sound that lips could follow."),
        QT_TRANSLATE_NOOP(
            "Errors", "Put the sound into the video first, or leave out the lip sync."
        ),
    ),
    "consent_missing": (
        QT_TRANSLATE_NOOP("Errors", "Nobody stated consent for this face yet."),
        QT_TRANSLATE_NOOP(
            "Errors", "State it in the faces library; until then the face is not rendered."
        ),
    ),
    "source_face_missing": (
        QT_TRANSLATE_NOOP(
            "Errors", "This face is not in the library, or its photos are not whole."
        ),
        QT_TRANSLATE_NOOP("Errors", "Add the face again."),
    ),
    "photo_refused": (
        QT_TRANSLATE_NOOP("Errors", "This photo does not show exactly one face."),
        QT_TRANSLATE_NOOP("Errors", "Choose a photo with one face, seen from the front."),
    ),
    "no_room": (
        QT_TRANSLATE_NOOP("Errors", "The disk has less room than is needed."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, or move the storage folder in the settings."),
    ),
    "job_missing": (
        QT_TRANSLATE_NOOP("Errors", "This render is not there any more."),
        QT_TRANSLATE_NOOP("Errors", "Render the video again."),
    ),
    "job_busy": (
        QT_TRANSLATE_NOOP("Errors", "Another program is working on this render."),
        QT_TRANSLATE_NOOP("Errors", "Wait for it, or end it, then try again."),
    ),
    "storage_failed": (
        QT_TRANSLATE_NOOP("Errors", "The storage folder cannot be written to."),
        QT_TRANSLATE_NOOP("Errors", "Check the disk, then go on; what was finished is kept."),
    ),
    "journal_broken": (
        QT_TRANSLATE_NOOP(
            "Errors", "The record of this render is damaged or from another version."
        ),
        QT_TRANSLATE_NOOP("Errors", "It was left as it is. Render the video again."),
    ),
    "queue_broken": (
        QT_TRANSLATE_NOOP("Errors", "The queue cannot be read or written."),
        QT_TRANSLATE_NOOP(
            "Errors", "Its file was left as it is. Check the disk, then start again."
        ),
    ),
    "request_refused": (
        QT_TRANSLATE_NOOP("Errors", "This render cannot be made as it was asked for."),
        QT_TRANSLATE_NOOP("Errors", "Check the look and the output, then try again."),
    ),
    "settings_refused": (
        QT_TRANSLATE_NOOP("Errors", "The settings were written by a newer version of Second Unit."),
        QT_TRANSLATE_NOOP(
            "Errors", "They were left as they are. Use that version, or move settings.json away."
        ),
    ),
    "preset_refused": (
        QT_TRANSLATE_NOOP("Errors", "This cannot become a preset."),
        QT_TRANSLATE_NOOP("Errors", "Choose another name or file."),
    ),
    "secrets_unavailable": (
        QT_TRANSLATE_NOOP(
            "Errors", "The system's password store is missing, locked or does not answer."
        ),
        QT_TRANSLATE_NOOP("Errors", "Unlock it and try again; secrets are kept nowhere else."),
    ),
    "not_told": (
        QT_TRANSLATE_NOOP("Errors", "The receiver did not take the message."),
        QT_TRANSLATE_NOOP("Errors", "Check its address and its password, then send a test."),
    ),
    "not_saved": (
        QT_TRANSLATE_NOOP("Errors", "This could not be written."),
        QT_TRANSLATE_NOOP("Errors", "What was there is untouched. Check the disk and try again."),
    ),
    "worker_error": (
        QT_TRANSLATE_NOOP("Errors", "A worker met a fault."),
        QT_TRANSLATE_NOOP("Errors", "Try again; what was finished is kept."),
    ),
    "source_unreadable": (
        QT_TRANSLATE_NOOP("Errors", "The video does not decode as it should."),
        QT_TRANSLATE_NOOP(
            "Errors", "Check that it plays to its end; export it again if it does not."
        ),
    ),
    "blob_corrupt": (
        QT_TRANSLATE_NOOP("Errors", "A stored piece is damaged; it was not used."),
        QT_TRANSLATE_NOOP("Errors", "Go on with the render; the piece is made again."),
    ),
    "blob_missing": (
        QT_TRANSLATE_NOOP("Errors", "A stored piece is missing."),
        QT_TRANSLATE_NOOP("Errors", "Go on with the render; the piece is made again."),
    ),
    "store_unavailable": (
        QT_TRANSLATE_NOOP("Errors", "The store does not answer."),
        QT_TRANSLATE_NOOP("Errors", "Check the disk or the network, then go on with the render."),
    ),
    "queue_unavailable": (
        QT_TRANSLATE_NOOP("Errors", "The list of work does not answer."),
        QT_TRANSLATE_NOOP("Errors", "Check the disk or the network, then go on with the render."),
    ),
    "claim_lost": (
        QT_TRANSLATE_NOOP("Errors", "A worker was too slow and another one took over its part."),
        QT_TRANSLATE_NOOP("Errors", "There is nothing to do."),
    ),
    "disk_full": (
        QT_TRANSLATE_NOOP("Errors", "The disk is full; what was finished is kept."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, then go on with the render."),
    ),
    "out_of_memory": (
        QT_TRANSLATE_NOOP("Errors", "There is not enough memory."),
        QT_TRANSLATE_NOOP("Errors", "Use fewer workers at once, then go on with the render."),
    ),
    "encoder_refused": (
        QT_TRANSLATE_NOOP("Errors", "The encoder does not take these settings."),
        QT_TRANSLATE_NOOP("Errors", "Choose another format, quality or encoding speed."),
    ),
    "engine_failed": (
        QT_TRANSLATE_NOOP("Errors", "The engine could not render a frame."),
        QT_TRANSLATE_NOOP("Errors", "Try again; what was finished is kept."),
    ),
    "order_refused": (
        QT_TRANSLATE_NOOP("Errors", "This render was planned by another version of Second Unit."),
        QT_TRANSLATE_NOOP("Errors", "Use that version, or render the video again."),
    ),
    "worker_misconfigured": (
        QT_TRANSLATE_NOOP("Errors", "A worker could not begin."),
        QT_TRANSLATE_NOOP("Errors", "Start Second Unit again."),
    ),
    "assembly_failed": (
        QT_TRANSLATE_NOOP("Errors", "The finished video could not be written."),
        QT_TRANSLATE_NOOP("Errors", "Go on with the render; what was finished is kept."),
    ),
    "segment_refused": (
        QT_TRANSLATE_NOOP("Errors", "A finished part is not what it should be."),
        QT_TRANSLATE_NOOP("Errors", "Go on with the render; the part is made again."),
    ),
    "fault": (
        QT_TRANSLATE_NOOP("Errors", "Second Unit made a mistake."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "What was finished is kept; try again. There is a report in the crashes folder.",
        ),
    ),
    "file_unusable": (
        QT_TRANSLATE_NOOP("Errors", "A file cannot be used."),
        QT_TRANSLATE_NOOP(
            "Errors", "Check the disk and the folder's rights, then go on with the render."
        ),
    ),
    "queue_busy": (
        QT_TRANSLATE_NOOP("Errors", "Another window or command has the queue."),
        QT_TRANSLATE_NOOP("Errors", "Close it, then try again."),
    ),
    "secret_refused": (
        QT_TRANSLATE_NOOP("Errors", "This password cannot be kept: it is empty or too long."),
        QT_TRANSLATE_NOOP("Errors", "Enter it again."),
    ),
    "source_replaced": (
        QT_TRANSLATE_NOOP(
            "Errors", "Another file took the place of this video, so nobody is cast in it any more."
        ),
        QT_TRANSLATE_NOOP("Errors", "Check who is in it and cast them, then render."),
    ),
    "when_done_failed": (
        QT_TRANSLATE_NOOP("Errors", "What was to happen when the queue is done could not be done."),
        QT_TRANSLATE_NOOP(
            "Errors", "Your videos are done. Look at the setting for when the queue is done."
        ),
    ),
    "worker_not_started": (
        QT_TRANSLATE_NOOP("Errors", "A worker could not be started."),
        QT_TRANSLATE_NOOP("Errors", "Free some memory and disk space, then go on with the render."),
    ),
    "workers_die": (
        QT_TRANSLATE_NOOP("Errors", "The workers keep going away, so the render stopped."),
        QT_TRANSLATE_NOOP("Errors", "Use fewer workers at once, then go on with the render."),
    ),
    "channel_broken": (
        QT_TRANSLATE_NOOP("Errors", "The line to an instance broke; its work goes on."),
        QT_TRANSLATE_NOOP("Errors", "It is laid again by itself."),
    ),
    "command_failed": (
        QT_TRANSLATE_NOOP("Errors", "An instance could not do what it was asked."),
        QT_TRANSLATE_NOOP("Errors", "Try again; if it stays so, look at “Report a problem”."),
    ),
    "host_key_mismatch": (
        QT_TRANSLATE_NOOP(
            "Errors", "What answers is not the instance that was launched; nothing was sent there."
        ),
        QT_TRANSLATE_NOOP("Errors", "The instance is given up and another one is asked for."),
    ),
    "worker_unfit": (
        QT_TRANSLATE_NOOP("Errors", "What runs on an instance is another worker than this app's."),
        QT_TRANSLATE_NOOP("Errors", "The instance is given up and another one is asked for."),
    ),
    "credentials_missing": (
        QT_TRANSLATE_NOOP("Errors", "Nobody is signed in to AWS, or the sign-in does not work."),
        QT_TRANSLATE_NOOP("Errors", "Sign in under Settings, AWS, then go on: nothing is lost."),
    ),
    "credentials_expired": (
        QT_TRANSLATE_NOOP("Errors", "The sign-in to AWS is over."),
        QT_TRANSLATE_NOOP("Errors", "Sign in again, then go on: nothing is lost."),
    ),
    "permission_missing": (
        QT_TRANSLATE_NOOP("Errors", "The sign-in to AWS may not do everything that is needed."),
        QT_TRANSLATE_NOOP(
            "Errors", "The wizard under Settings, AWS, names what is missing and copies the policy."
        ),
    ),
    "quota_too_small": (
        QT_TRANSLATE_NOOP("Errors", "The account may not have so many GPU instances."),
        QT_TRANSLATE_NOOP(
            "Errors", "Ask AWS for more in the wizard under Settings, AWS, or use fewer instances."
        ),
    ),
    "capacity_refused": (
        QT_TRANSLATE_NOOP("Errors", "AWS has no GPU instance to give now."),
        QT_TRANSLATE_NOOP(
            "Errors", "Try again later, allow on-demand instances, or choose another region."
        ),
    ),
    "throttled": (
        QT_TRANSLATE_NOOP("Errors", "AWS wants to be asked less often."),
        QT_TRANSLATE_NOOP("Errors", "Wait a minute, then try again."),
    ),
    "cloud_unreachable": (
        QT_TRANSLATE_NOOP("Errors", "AWS does not answer."),
        QT_TRANSLATE_NOOP("Errors", "Check this computer's network. What runs there goes on."),
    ),
    "cloud_refused": (
        QT_TRANSLATE_NOOP("Errors", "AWS refuses what was asked of it."),
        QT_TRANSLATE_NOOP("Errors", "Look at the account under Settings, AWS, then try again."),
    ),
    "budget_reached": (
        QT_TRANSLATE_NOOP("Errors", "The budget does not pay for another instance."),
        QT_TRANSLATE_NOOP("Errors", "Raise it and render again: what is finished is kept."),
    ),
    "engine_missing": (
        QT_TRANSLATE_NOOP("Errors", "FaceFusion, or a model of it, is not installed here."),
        QT_TRANSLATE_NOOP("Errors", "Install it under Settings, Engine."),
    ),
    "engine_not_installed": (
        QT_TRANSLATE_NOOP("Errors", "FaceFusion is not installed here."),
        QT_TRANSLATE_NOOP("Errors", "Install it under Settings, Engine."),
    ),
    "engine_unsupported": (
        QT_TRANSLATE_NOOP("Errors", "FaceFusion is not published for this system."),
        QT_TRANSLATE_NOOP("Errors", "Render on rented machines, or choose another engine."),
    ),
    "engine_licence_open": (
        QT_TRANSLATE_NOOP("Errors", "Some parts of FaceFusion are not for commercial use."),
        QT_TRANSLATE_NOOP("Errors", "Read the licences, then accept them to install."),
    ),
    "engine_network": (
        QT_TRANSLATE_NOOP("Errors", "A part of FaceFusion does not arrive."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Check the connection, or choose a mirror or a folder, then go on: nothing is lost.",
        ),
    ),
    "engine_not_there": (
        QT_TRANSLATE_NOOP("Errors", "A part of FaceFusion is not where it was looked for."),
        QT_TRANSLATE_NOOP(
            "Errors", "Choose another mirror, or a folder that holds the file, then go on."
        ),
    ),
    "engine_network_in_cluster": (
        QT_TRANSLATE_NOOP("Errors", "A part of FaceFusion does not arrive in the cluster."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Let the cluster’s pods reach the internet, or bring the files from this computer in "
            "the terminal: secondunit kubernetes engine --bring.",
        ),
    ),
    "engine_not_there_in_cluster": (
        QT_TRANSLATE_NOOP("Errors", "A part of FaceFusion is not where it was looked for."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Bring the files from this computer in the terminal: secondunit kubernetes engine "
            "--bring.",
        ),
    ),
    "engine_no_space_in_cluster": (
        QT_TRANSLATE_NOOP("Errors", "There is no room on the cluster’s volume for FaceFusion."),
        QT_TRANSLATE_NOOP(
            "Errors", "Make the volume claim larger, then go on: what has arrived is used."
        ),
    ),
    "engine_volume_unusable": (
        QT_TRANSLATE_NOOP("Errors", "The volume cannot be written to."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Give the agents’ user, 10001, the right to write there, or choose another volume.",
        ),
    ),
    "engine_image_unfit": (
        QT_TRANSLATE_NOOP("Errors", "FaceFusion is not published for what the agents’ image is."),
        QT_TRANSLATE_NOOP("Errors", "Build the image with another Python or for another system."),
    ),
    "engine_pod_does_not_start": (
        QT_TRANSLATE_NOOP("Errors", "No pod of the installation runs in the cluster."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "See whether the volume can be had by the cluster’s nodes and its image be pulled; "
            "then install again.",
        ),
    ),
    "engine_job_gone": (
        QT_TRANSLATE_NOOP("Errors", "The installation is no longer in the cluster."),
        QT_TRANSLATE_NOOP("Errors", "Install again: what has arrived on the volume is used."),
    ),
    "engine_wrong_file": (
        QT_TRANSLATE_NOOP("Errors", "A part of FaceFusion is not the file it should be."),
        QT_TRANSLATE_NOOP(
            "Errors",
            "Try another mirror. If it stays, the file was changed where it is published.",
        ),
    ),
    "engine_no_space": (
        QT_TRANSLATE_NOOP("Errors", "There is no room on the disk for FaceFusion."),
        QT_TRANSLATE_NOOP("Errors", "Free some space, then go on: what has arrived is used."),
    ),
    "engine_stopped": (
        QT_TRANSLATE_NOOP("Errors", "It was stopped; what has arrived is kept."),
        QT_TRANSLATE_NOOP("Errors", "Go on whenever you like."),
    ),
    "engine_busy": (
        QT_TRANSLATE_NOOP("Errors", "FaceFusion is being installed by another process."),
        QT_TRANSLATE_NOOP("Errors", "Wait for it to end, or look at the other window."),
    ),
    "engine_environment": (
        QT_TRANSLATE_NOOP("Errors", "The Python that FaceFusion runs in does not work."),
        QT_TRANSLATE_NOOP("Errors", "Remove FaceFusion under Settings, Engine, and install it."),
    ),
    "engine_install_failed": (
        QT_TRANSLATE_NOOP("Errors", "FaceFusion could not be installed."),
        QT_TRANSLATE_NOOP("Errors", "Go on under Settings, Engine: what has arrived is used."),
    ),
    "pods_do_not_start": (
        QT_TRANSLATE_NOOP("Errors", "The cluster cannot start the pods that render."),
        QT_TRANSLATE_NOOP("Errors", "Mend the image, Secret or volume, then render again."),
    ),
    "nobody_applied": (
        QT_TRANSLATE_NOOP("Errors", "Nobody applied the manifests of the pods in time."),
        QT_TRANSLATE_NOOP(
            "Errors", "Have them applied, then render again: what is staged is kept."
        ),
    ),
    "no_pods": (
        QT_TRANSLATE_NOOP("Errors", "The cluster makes no pods for the render."),
        QT_TRANSLATE_NOOP(
            "Errors", "Ask whoever runs it: a quota is used up, or a priority class is missing."
        ),
    ),
    "no_node": (
        QT_TRANSLATE_NOOP("Errors", "The cluster found no node for the pods that render."),
        QT_TRANSLATE_NOOP(
            "Errors", "See whether its spot nodes can grow and fit what is asked for."
        ),
    ),
    "wheelhouse_failed": (
        QT_TRANSLATE_NOOP("Errors", "What instances need could not be fetched."),
        QT_TRANSLATE_NOOP("Errors", "Check this computer's network, then try again."),
    ),
}
