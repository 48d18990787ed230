<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AddingCard</name>
    <message>
        <source>No face was found in this photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo that shows the face clearly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking photo {0} of {1}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeping the face…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are {0} faces in this photo. Which one is meant?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose face is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+{0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be used: {0}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The photo is looked at on this computer. It takes a few seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo with several faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep as a draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A draft cannot be rendered until consent is stated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>{0} – {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than 1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {0} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} frames/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder of videos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source faces…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render what is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render everything that is ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop after this video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try everything that failed again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the top</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play in a loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound on or off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before and after, wiped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before and after, side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scan for trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render a short proof</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the hardest frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simple view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cast board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is everything there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Second Unit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentForm</name>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who agreed?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stated by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name: who makes this statement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note to keep with the consent, if you like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Optional: for what, where it is written down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded in English: “{0}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I state this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I state this: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DetailsCard</name>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Digest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>AI-made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy what went wrong, to paste it elsewhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHA-256 of the file: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>‘Scan for trouble’ on the timeline goes through those places.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This video cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The render failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please look at this video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is not where it was, or cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No mark was found in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes – read back from the file ({0})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message>
        <source>Drop to add the videos and keep the photos as faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Drop to add %n video(s) to the queue</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drop to keep %n photo(s) as source faces</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked whose face it is and how they agreed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop to add the videos in these folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These files cannot be used here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop videos for the queue, or photos of faces.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n other file(s) will be left out.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>The video cannot be found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the name, and that the disk is connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a video file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This video has no frames.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it again and drop the new file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no video in this file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This video is coded in a way that cannot be read here, or is encrypted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export it as H.264 from a program that plays it, and drop the new file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This video is encrypted and cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a copy without copy protection that you have the right to change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is too small to show a face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use a larger version of the video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture has more pixels than can be rendered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale it down and drop the new file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not one frame of this video can be decoded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play it elsewhere; if it plays, export it as H.264 and drop the new file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures of this video have no time stamp, so nobody can say when they are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remux it into an MP4 or MKV file and drop that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time stamps of this video jump back, so nobody can say when its frames are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remux or export it with continuous time stamps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a video that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play it elsewhere; if it plays, export it as MP4 and drop the new file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a playlist, not a video; what it points to was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop the video file itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a picture, not a video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop it as a source photo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is an unfinished recording: it has no index.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the recorder finish, or repair the file with the tool that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this file ended the reader.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The app is unharmed. Re-export the file and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this file took far longer than it should and was ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-export the file and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading this file needs more memory than it is allowed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-export the file at a smaller size and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the file and its disk, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found in this video was deleted since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is looked at again by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put it back where it was, or remove it from the queue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video is not the file any more that the render was begun with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the same file back, or render the new one as a video of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file cannot be rendered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try another file, or export it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model file that is needed is not installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open “Is everything there?” in the Help menu; it says what to do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A model file is damaged; it was not opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This photo cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as JPEG or PNG and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This casting names nobody who can be told apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the person again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The content check does not allow this material.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was rendered. Choose other material.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody stated consent for this face yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State it in the faces library; until then the face is not rendered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This face is not in the library, or its photos are not whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the face again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This photo does not show exactly one face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo with one face, seen from the front.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk has less room than is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, or move the storage folder in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This render is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render the video again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another program is working on this render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for it, or end it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The storage folder cannot be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk, then go on; what was finished is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The record of this render is damaged or from another version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was left as it is. Render the video again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue cannot be read or written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its file was left as it is. Check the disk, then start again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This render cannot be made as it was asked for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the look and the output, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings were written by a newer version of Second Unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They were left as they are. Use that version, or move settings.json away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This cannot become a preset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another name or file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system&apos;s password store is missing, locked or does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it and try again; secrets are kept nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was there is untouched. Check the disk and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker met a fault.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; what was finished is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The video does not decode as it should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that it plays to its end; export it again if it does not.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored piece is damaged; it was not used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the render; the piece is made again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A stored piece is missing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The store does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk or the network, then go on with the render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The list of work does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker was too slow and another one took over its part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full; what was finished is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space, then go on with the render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use fewer workers at once, then go on with the render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The encoder does not take these settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another format, quality or preset.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine could not render a frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This render was planned by another version of Second Unit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use that version, or render the video again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker could not begin.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start Second Unit again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The finished video could not be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the render; what was finished is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A finished part is not what it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the render; the part is made again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second Unit made a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was finished is kept; try again. There is a report in the crashes folder.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaceList</name>
    <message>
        <source>{0} – consent is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} – the photos are missing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Faces: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the face of {0}; Enter picks it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the preview…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face not found on this frame</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueueHeader</name>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop after this video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop now, keep what is finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the queue is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notify me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the computer to sleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run my command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause after this piece</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on after this video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finishing the piece…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render every video in which somebody is cast.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finish the piece in hand, then rest. Nothing is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on where the queue was paused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue stops after this video. Press to have it go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The piece in hand is being finished; then the queue rests.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cast a face in a video, and it can be rendered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} – paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When done: do nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When done: notify me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When done: sleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When done: run my command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Not sure who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Person {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} as {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview by the {0} engine on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>small face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>turned away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at the edge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>two faces close together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moves fast</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>{0} – {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the video… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing its picture… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding faces… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the content… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be looked at, then renders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready – 1 face cast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready – {0} faces cast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready – no faces were found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready – nobody is cast yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Please look: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused – goes on where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next, once the queue goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next in line – goes on where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next in line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting to go on, number {0} in line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting, number {0} in line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker went away – another one takes over…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting to render…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendering – measuring the time left…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendering – {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendering – {0} – {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Putting the video together… {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finishing the piece in hand…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped – what is done is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped before its first piece was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped – {0} is done and kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done – {0} – a face was missed in 1 frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done – {0} – a face was missed in {1} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done – {0} – took {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every cast face was found in every frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 1 frame a cast face was not found; the person&apos;s own face is seen there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {0} of {1} frames a cast face was not found; the person&apos;s own face is seen there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be used: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Being rendered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendered and checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>worker {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Worker {0} went away here ({1}). What was finished is kept; another went on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>This computer · %n worker(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>This computer · at rest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at a video…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) in the queue</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>adding videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>removing from the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moving in the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>duplicating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asking for a render</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rendering once more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trying again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taking out of the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the casting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>merging people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>splitting a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moving an appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trimming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>applying a preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Part of the video that is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People that are seen</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what a first video needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cast board</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Render %n video(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Render</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} videos done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finishing what is in hand…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused · {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything that is ready is in the line already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a video and choose whose face goes on whom first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>{0} · frame {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show fewer people</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Begin of what is rendered (I)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of what is rendered (O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cast face was not found here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendered from frame {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trim cannot be changed while this video waits or renders</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Making the demo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop videos here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files or whole folders, anywhere on this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open videos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A short video of two people, and a face that may be used. It takes a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your videos and faces stay on this computer. A face is rendered only when you have stated that the person agreed, and every video says that it is AI-made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1. Add a video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second Unit finds everybody who is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>2. Choose a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo on the person who shall wear it, and look at the result.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>3. Render</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch finished parts while the rest is made. You can stop at any time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhichFace</name>
    <message>
        <source>Face {0} is chosen.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
