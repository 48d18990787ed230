<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Second Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face swapping can hurt people. The content check always runs, a face is rendered only with a recorded statement of consent, and every finished video says that it is AI-made. There is no switch for any of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the licences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
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
    <message>
        <source>Not all photos can be used: {0}</source>
        <translation type="unfinished"></translation>
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
        <source>Keep as a draft for now</source>
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
    <name>AfterQueue</name>
    <message>
        <source>The queue is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) done.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) failed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The computer goes to sleep in a minute.</source>
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
    <name>CastBoard</name>
    <message>
        <source>{0}; unsure faces are at the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos to the queue, and everybody in them gets a card.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finding out who is in your videos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cards come as faces are found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face was found in these videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nobody whose face could be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo joining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo splitting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo taking out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo naming</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another card that shows the same person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} are chosen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are the same person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the last change of who is who back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a face onto a person: they get it in all their videos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All faces…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces of the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the cards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These people are on screen together, so they cannot be one person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In “{0}” it is somebody else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else in some moments of “{0}”…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CastingSection</name>
    <message>
        <source>Casting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face was found in this video, so there is nobody to replace.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChoiceRow</name>
    <message>
        <source>They differ</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChunkMap</name>
    <message>
        <source>Pieces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pieces of the render on the time axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker went away</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Chunks</name>
    <message>
        <source>Frames {0} to {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to play this part.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to play what is finished of it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All are finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} pieces, {1} of {2} frames rendered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} by {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} – {1} of {2} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Stop and close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you close now, the render stops and goes on where it was the next time you open Second Unit. Nothing that is finished is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep rendering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second Unit can go on in the background, beside the clock. If you stop, the render goes on where it was the next time you open Second Unit. Nothing that is finished is lost.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A video is being rendered</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandForm</name>
    <message>
        <source>Program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments, one on each line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each line reaches the program as it is; no shell reads it. The program finds how many videos are done in SECONDUNIT_DONE and how many failed in SECONDUNIT_FAILED.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the command said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was started and goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ran and ended well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It ran and ended with status {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}
{1}</source>
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
        <source>One second back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One second on</source>
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
        <source>Outlines of faces on or off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the hardest frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous trouble</source>
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
        <source>Save a diagnostics bundle…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Second Unit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentCard</name>
    <message>
        <source>Who agreed that {0}&apos;s face is used?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State consent</source>
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
        <source>Optional: its scope, or where it is kept</source>
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
    <name>DesktopNotices</name>
    <message>
        <source>Renders ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A video is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A render failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1}</source>
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
    <name>DiagnosticsPage</name>
    <message>
        <source>Diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bundle for a report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file for whoever looks into a fault: versions, settings, what happened to the newest renders, reports of crashes and the end of the log. It holds no passwords, no pictures, and no names of files, folders or people. Nothing is sent anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a bundle…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the bundle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reports of crashes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open their folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second Unit {0}, Qt {1}, Python {2}, {3}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models and their licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n report(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the bundle</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Saved as {0}, with %n file(s) in it.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped; nothing was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Is everything there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking at what a render needs…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) missing</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that a render needs is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For your information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>When done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the queue is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell me when a video is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play a sound with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing happens when you ended every video yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the computer sleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a command</source>
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
        <source>Drop to keep %n photo(s) as source face(s)</source>
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
    <message>
        <source>A file cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the disk and the folder&apos;s rights, then go on with the render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another window or command has the queue.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This password cannot be kept: it is empty or too long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another file took the place of this video, so nobody is cast in it any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check who is in it and cast them, then render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was to happen when the queue is done could not be done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your videos are done. Look at the setting for when the queue is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A worker could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some memory and disk space, then go on with the render.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The workers keep going away, so the render stopped.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaceCard</name>
    <message>
        <source>{0} photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos are missing or were changed. Add them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft: consent is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consent: {0}, {1}, {2}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaceIntake</name>
    <message>
        <source>Choose photos of one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
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
    <name>FacePage</name>
    <message>
        <source>Checking the photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this photo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove photo {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consent was stated.</source>
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
        <source>Stated by {0} on {1}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeping the statement…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove face…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two or three photos, from the front and half from the side, look best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Consent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This face is a draft. It can be used once consent is stated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State consent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State it anew…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FacePicker</name>
    <message>
        <source>There is no face yet. Choose a photo to add one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face is called so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search faces by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All faces…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this person&apos;s own face</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FacesDialog</name>
    <message>
        <source>Source faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search faces by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a photo from the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add face…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No faces yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo of the face that is to be put into a video. One clear photo from the front is enough; more make it better.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a photo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose photos of one person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is used by a video that is being rendered or waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the video out of the line first, then remove the face.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {0} and all its photos?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The photos and the consent are deleted from this computer for good.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is used in {0}, where nobody will be cast any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FaultDialog</name>
    <message>
        <source>Second Unit made a mistake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your queue and everything that was rendered are safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report below was written to {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>It happened %n more time(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterStrip</name>
    <message>
        <source>Find a video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a video by its name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which videos are listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FindCommand</name>
    <message>
        <source>Find a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Beside the video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: choose another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for finished videos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Beside each video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only what a first video needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the folder for finished videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simple view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The full view has every control.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many parts are rendered at once. More are faster only while processors and memory are free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For videos added from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be written in this folder now. Is its disk connected?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a video in the queue to say who is replaced by whom.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all settings, or fewer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the whole look back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opening your queue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos ({0});;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder of videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{0} and %n other(s) cannot be used.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{0} cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop videos, folders of videos, or photos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no videos in this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second Unit looks for files such as .mp4, .mov and .mkv.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NameRow</name>
    <message>
        <source>A file name cannot hold {0}</source>
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
    <name>Opening</name>
    <message>
        <source>The folder could not be opened.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutputSection</name>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Better quality makes larger files.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encoding speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slower speeds make smaller files of one quality.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Encode on the graphics card</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faster, but the same settings make other bytes on another machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QuickTime files cannot hold AV1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (usual)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PasswordsPage</name>
    <message>
        <source>Passwords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passwords and keys are kept in the password store of your system, never in a file of the app. The app needs none to render on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password store is being tested</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying the password store…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Until then passwords are kept in memory until the app ends.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passwords are kept in the {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A test password was written, read and deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no password store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passwords are kept in memory until the app ends. On Linux, GNOME Keyring or KWallet provides a store.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it, or look for a window that asks for its password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password store is locked or does not answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password store {0} does not protect what it keeps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password store does not work.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Unsure faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} on screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo, or choose a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In {0} nothing can be changed now: they are in the line.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose {0}, to join people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose several people to join them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous picture of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next picture of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too small, turned or blurred to say who it is. Join them with a person if you can tell.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Unsure faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} on screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} on screen. Too small, turned or blurred to say who it is, so nobody can be put on them. On the cast board they can be joined with a person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to where {0} is seen first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the own face of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo, or choose a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Face for {0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PersonThumb</name>
    <message>
        <source>{0}, {1} on screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, gets the face of {1}</source>
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
    <name>Player</name>
    <message>
        <source>Showing this part of the video ended the preview.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The app is unharmed. Try another frame, or re-export the video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing this part of the video took far longer than it should.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try another frame, or re-export the video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Showing this video needs more memory than the preview may take.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs, or re-export the video at a smaller size.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PresetsRow</name>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save, import and export presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export this preset…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets ({0})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export preset</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Show the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second Unit ended unexpectedly the last time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your queue is as you left it, and what was being rendered goes on by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo’s video is being made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It takes half a minute.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProofSheet</name>
    <message>
        <source>{0} of {1} drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardest frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing hard to show: nobody who has another face is in this video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QualityRow</name>
    <message>
        <source>They differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} as the encoder&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lower numbers are better and larger.</source>
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
    <name>QueueMenu</name>
    <message>
        <source>Go on with the render</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the finished video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render again</source>
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
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate with its settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the output…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the top</source>
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
        <source>Move to the bottom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy what went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Opening the queue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No videos yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop videos anywhere on this window, or choose them from a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add videos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No video fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The queue has videos, but none that the filter shows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all videos</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Files that are no videos were left out: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no video in what was dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop videos, or folders with videos in them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos of the queue</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the finished video of “{0}”, without its ending:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file name cannot have any of &lt; &gt; : &quot; / \ | ? *</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Windows keeps this name for a device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file name cannot end in a full stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>Back to the usual: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset “{0}” to its default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Show less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>{0} is the key of “{1}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search by name or key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search commands by name or key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command fits what you search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it here instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press the new key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all keys?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every command gets the key it came with. Your own keys are forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep my keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed; the default is {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>Stage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trim cannot be changed while this video waits or renders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First put a face on somebody in this video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody was found in this video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to hear: the video has no sound, or this computer cannot play any.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SimplePage</name>
    <message>
        <source>Who should be replaced?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With whose face?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces of the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep this person&apos;s own face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The faces in this video are too small, turned or blurred to say who they are, so nobody can be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No face was found in this video, so there is nobody to replace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces that are too small or blurred are left as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo here, or click</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SleepCountdown</name>
    <message>
        <source>Going to sleep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time until the computer sleeps</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The computer goes to sleep in %n second(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The queue is done, and so you set it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sleep now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay awake</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SlideRow</name>
    <message>
        <source>differs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Another person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In which moments is it somebody else than {0}? Tick them: they become a person of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take them out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a moment to see it behind this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least one moment has to stay.</source>
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
        <source>nothing hard about it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>moves fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendering a proof clip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for frames where a cast face is missed…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No trouble: every cast face was found.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cast face was not found in 1 place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A cast face was not found in {0} places.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No video yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a video anywhere on the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No video is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select one in the queue to look at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This video cannot be rendered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This video waits to be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It comes next, before other new videos.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then you can decide whose face goes on whom.</source>
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
        <source>Ready – every face stays as it is</source>
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
        <source>Next – goes on where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Putting the video together…</source>
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
        <source>Rendering</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked</source>
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
    <message>
        <source>Ready</source>
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
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the app keeps is in this folder:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the clean-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} are free on this disk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A video is being looked at; wait until that is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing that could be cleaned up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A clean-up frees {0}: parts of videos that are finished or given up, and what was found in videos. Finished videos, faces and the queue stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rendered parts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renders and their history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People found in videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What can be made again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free {0}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of videos that are finished or given up are deleted, and what was found in videos. A video that is changed later is rendered from its beginning. Finished videos, faces and the queue stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} were freed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clean-up was stopped; the rest is still there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StretchRows</name>
    <message>
        <source>Another face for a stretch…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from 0:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to 0:10</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretch from, minutes and seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stretch to, minutes and seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} – {1}: {2}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the stretch {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a face</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a face for the stretch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type two times such as 0:04 and 0:09.5 within the video.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a face for these seconds.</source>
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
    <message>
        <source>{0} of {1} done</source>
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
    <message>
        <source>and {0} more</source>
        <translation type="unfinished"></translation>
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
        <source>{0} frames are finished</source>
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
    <name>Transport</name>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trouble {0}/{1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous appearance</source>
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
        <source>Next appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin the render here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the render here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Render a proof clip of two seconds around here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the hardest frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find frames where a cast face is not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous place of trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next place of trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play in a loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proof clip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hardest frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time or frame number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a time such as 1:02.5, or a frame number.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Second Unit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UndoStrip</name>
    <message>
        <source>{0} removed. The files stay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>{0} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit · {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outline faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Faces</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the finished video in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the picture in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WatchPage</name>
    <message>
        <source>This folder is watched already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A video that is put into one of these folders comes to the queue by itself, once it is copied whole. What is in a folder already is left where it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder is watched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
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
        <source>Making the demo’s video…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the demo’s video is</source>
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
<context>
    <name>WorkStrip</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset for videos from {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Watch {0} no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} (is gone)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This folder is not there now. It is watched again when it is back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_VideoLine</name>
    <message>
        <source>Where in {0}: click to go there</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
