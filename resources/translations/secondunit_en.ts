<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AfterQueue</name>
    <message numerus="yes">
        <source>%n video(s) done.</source>
        <translation><numerusform>%n video done.</numerusform><numerusform>%n videos done.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) failed.</source>
        <translation><numerusform>%n video failed.</numerusform><numerusform>%n videos failed.</numerusform></translation>
    </message>
</context>
<context>
    <name>AwsPage</name>
    <message numerus="yes">
        <source>%n region(s)</source>
        <translation><numerusform>%n region</numerusform><numerusform>%n regions</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n leftover(s) removed in {0}: {1}</source>
        <translation><numerusform>%n leftover removed in {0}: {1}</numerusform><numerusform>%n leftovers removed in {0}: {1}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>No leftovers in {0}. %n thing(s) are in use.</source>
        <translation><numerusform>No leftovers in {0}. %n thing are in use.</numerusform><numerusform>No leftovers in {0}. %n things are in use.</numerusform></translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message numerus="yes">
        <source>%n thing(s) to put right before a video can be rendered</source>
        <translation><numerusform>%n thing to put right before a video can be rendered</numerusform><numerusform>%n things to put right before a video can be rendered</numerusform></translation>
    </message>
</context>
<context>
    <name>CloudCare</name>
    <message numerus="yes">
        <source>AWS decided on your request: %n GPU instance(s) at a time in {0}.</source>
        <translation><numerusform>AWS decided on your request: %n GPU instance at a time in {0}.</numerusform><numerusform>AWS decided on your request: %n GPU instances at a time in {0}.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) left in AWS could not be removed.</source>
        <translation><numerusform>%n thing left in AWS could not be removed.</numerusform><numerusform>%n things left in AWS could not be removed.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) that an earlier render left in AWS were removed.</source>
        <translation><numerusform>%n thing that an earlier render left in AWS were removed.</numerusform><numerusform>%n things that an earlier render left in AWS were removed.</numerusform></translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation><numerusform>%n video</numerusform><numerusform>%n videos</numerusform></translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message numerus="yes">
        <source>%n report(s).</source>
        <translation><numerusform>%n report.</numerusform><numerusform>%n reports.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Saved as {0}, with %n file(s) in it.</source>
        <translation><numerusform>Saved as {0}, with %n file in it.</numerusform><numerusform>Saved as {0}, with %n files in it.</numerusform></translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message numerus="yes">
        <source>%n thing(s) missing</source>
        <translation><numerusform>%n thing missing</numerusform><numerusform>%n things missing</numerusform></translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message numerus="yes">
        <source>Drop to add %n video(s) to the queue</source>
        <translation><numerusform>Drop to add %n video to the queue</numerusform><numerusform>Drop to add %n videos to the queue</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Drop to keep %n photo(s) as source face(s)</source>
        <translation><numerusform>Drop to keep %n photo as source face</numerusform><numerusform>Drop to keep %n photos as source faces</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n other file(s) will be left out.</source>
        <translation><numerusform>%n other file will be left out.</numerusform><numerusform>%n other files will be left out.</numerusform></translation>
    </message>
</context>
<context>
    <name>FaultDialog</name>
    <message numerus="yes">
        <source>It happened %n more time(s).</source>
        <translation><numerusform>It happened %n more time.</numerusform><numerusform>It happened %n more times.</numerusform></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message numerus="yes">
        <source>{0} and %n other(s) cannot be used.</source>
        <translation><numerusform>{0} and %n other cannot be used.</numerusform><numerusform>{0} and %n others cannot be used.</numerusform></translation>
    </message>
</context>
<context>
    <name>NotifyPage</name>
    <message numerus="yes">
        <source>%n message(s) are tried again.</source>
        <translation><numerusform>%n message are tried again.</numerusform><numerusform>%n messages are tried again.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were given up.</source>
        <translation><numerusform>%n message were given up.</numerusform><numerusform>%n messages were given up.</numerusform></translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message numerus="yes">
        <source>and %n more video(s)</source>
        <translation><numerusform>and %n more video</numerusform><numerusform>and %n more videos</numerusform></translation>
    </message>
</context>
<context>
    <name>SleepCountdown</name>
    <message numerus="yes">
        <source>The computer goes to sleep in %n second(s).</source>
        <translation><numerusform>The computer goes to sleep in %n second.</numerusform><numerusform>The computer goes to sleep in %n seconds.</numerusform></translation>
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
    <name>WatchJobDialog</name>
    <message numerus="yes">
        <source>%n interruption(s)</source>
        <translation><numerusform>%n interruption</numerusform><numerusform>%n interruptions</numerusform></translation>
    </message>
</context>
<context>
    <name>WhereSection</name>
    <message numerus="yes">
        <source>The account may have %n instance(s) at a time; more are not given.</source>
        <translation><numerusform>The account may have %n instance at a time; more are not given.</numerusform><numerusform>The account may have %n instances at a time; more are not given.</numerusform></translation>
    </message>
</context>
</TS>
