<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
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
</TS>
