<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AddingCard</name>
    <message numerus="yes">
        <source>%n photo(s) could not be used: {0}</source>
        <translation><numerusform>%n photo could not be used: {0}</numerusform><numerusform>%n photos could not be used: {0}</numerusform></translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message numerus="yes">
        <source>Drop to add %n video(s) to the queue</source>
        <translation><numerusform>Drop to add %n video to the queue</numerusform><numerusform>Drop to add %n videos to the queue</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Drop to keep %n photo(s) as source faces</source>
        <translation><numerusform>Drop to keep %n photo as source faces</numerusform><numerusform>Drop to keep %n photos as source faces</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n other file(s) will be left out.</source>
        <translation><numerusform>%n other file will be left out.</numerusform><numerusform>%n other files will be left out.</numerusform></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>This computer · %n worker(s)</source>
        <translation><numerusform>This computer · %n worker</numerusform><numerusform>This computer · %n workers</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) in the queue</source>
        <translation><numerusform>%n video in the queue</numerusform><numerusform>%n videos in the queue</numerusform></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>Render %n video(s)</source>
        <translation><numerusform>Render %n video</numerusform><numerusform>Render %n videos</numerusform></translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation><numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
</context>
</TS>
