<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Second Unit</source>
        <translation>关于 Second Unit</translation>
    </message>
    <message>
        <source>Face swapping can hurt people. The content check always runs, a face is rendered only with a recorded statement of consent, and every finished video says that it is AI-made. There is no switch for any of these.</source>
        <translation>换脸可能伤害他人。内容检查始终运行；只有留有同意声明的人脸才会被渲染；每部成片都会注明由 AI 生成。以上各项均无法关闭。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Reading the licences…</source>
        <translation>正在读取许可…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AddingCard</name>
    <message>
        <source>No face was found in this photo.</source>
        <translation>这张照片中没有找到人脸。</translation>
    </message>
    <message>
        <source>Choose a photo that shows the face clearly.</source>
        <translation>请选择一张人脸清晰的照片。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>Checking the photo…</source>
        <translation>正在检查照片…</translation>
    </message>
    <message>
        <source>Checking photo {0} of {1}…</source>
        <translation>正在检查第 {0} 张照片，共 {1} 张…</translation>
    </message>
    <message>
        <source>Keeping the face…</source>
        <translation>正在保存人脸…</translation>
    </message>
    <message>
        <source>There are {0} faces in this photo. Which one is meant?</source>
        <translation>这张照片中有 {0} 张人脸，要用哪一张？</translation>
    </message>
    <message>
        <source>Whose face is this?</source>
        <translation>这是谁的人脸？</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation>照片 {0}</translation>
    </message>
    <message>
        <source>+{0}</source>
        <translation>+{0}</translation>
    </message>
    <message>
        <source>Not all photos can be used: {0}</source>
        <translation>部分照片无法使用：{0}</translation>
    </message>
    <message>
        <source>The photo is looked at on this computer. It takes a few seconds.</source>
        <translation>照片只在本机检查，需要几秒钟。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this face</source>
        <translation>使用这张人脸</translation>
    </message>
    <message>
        <source>Photo with several faces</source>
        <translation>含有多张人脸的照片</translation>
    </message>
    <message>
        <source>Add face</source>
        <translation>添加人脸</translation>
    </message>
    <message>
        <source>Keep as a draft for now</source>
        <translation>暂存为草稿</translation>
    </message>
    <message>
        <source>A draft cannot be rendered until consent is stated.</source>
        <translation>在填写同意声明之前，草稿无法用于渲染。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>AfterQueue</name>
    <message>
        <source>The queue is done</source>
        <translation>队列已完成</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) done.</source>
        <translation>
            <numerusform>已完成 %n 个视频。</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) failed.</source>
        <translation>
            <numerusform>%n 个视频渲染失败。</numerusform>
        </translation>
    </message>
    <message>
        <source>The computer goes to sleep in a minute.</source>
        <translation>电脑将在一分钟后进入睡眠。</translation>
    </message>
</context>
<context>
    <name>AmountRow</name>
    <message>
        <source>No limit of its own</source>
        <translation>不单独设限</translation>
    </message>
</context>
<context>
    <name>Amounts</name>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} – {1}</translation>
    </message>
    <message>
        <source>less than 1 s</source>
        <translation>不到 1 秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>几秒钟</translation>
    </message>
    <message>
        <source>less than a minute</source>
        <translation>不到一分钟</translation>
    </message>
    <message>
        <source>about {0} days</source>
        <translation>约 {0} 天</translation>
    </message>
    <message>
        <source>about {0}</source>
        <translation>约 {0}</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>剩余几秒钟</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余{0}</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>{0} frames/s</source>
        <translation>{0} 帧/秒</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 帧</translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation>{0} 帧</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 人</translation>
    </message>
    <message>
        <source>{0} people</source>
        <translation>{0} 人</translation>
    </message>
    <message>
        <source>1 video</source>
        <translation>1 个视频</translation>
    </message>
    <message>
        <source>{0} videos</source>
        <translation>{0} 个视频</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} 小时</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分钟</translation>
    </message>
</context>
<context>
    <name>AwsPage</name>
    <message>
        <source>AWS</source>
        <translation>AWS</translation>
    </message>
    <message>
        <source>Second Unit can render on GPUs of your own AWS account. You pay AWS by the second, and nobody else. Videos go to a bucket of yours and are deleted when they are done.</source>
        <translation>Second Unit 可以使用你自己的 AWS 账户中的 GPU 渲染。费用按秒计算，只付给 AWS。视频会上传到你自己的存储桶，完成后删除。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>What may be spent</source>
        <translation>费用限制</translation>
    </message>
    <message>
        <source>Instances side by side</source>
        <translation>并行实例数</translation>
    </message>
    <message>
        <source>For new videos; each can have its own.</source>
        <translation>适用于新视频，每个视频可以单独设置。</translation>
    </message>
    <message>
        <source>Budget for a video</source>
        <translation>单个视频的预算</translation>
    </message>
    <message>
        <source>Rendering stops before it costs more. Empty: no limit but the month’s.</source>
        <translation>达到预算前渲染会停止。留空则只受每月预算限制。</translation>
    </message>
    <message>
        <source>Budget for a month</source>
        <translation>每月预算</translation>
    </message>
    <message>
        <source>Of all videos together. Empty: no limit.</source>
        <translation>所有视频合计。留空则不设限。</translation>
    </message>
    <message>
        <source>Pay the full price</source>
        <translation>按全价付费</translation>
    </message>
    <message>
        <source>An on-demand instance costs two to three times as much.</source>
        <translation>按需实例的价格是竞价实例的两到三倍。</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不设限</translation>
    </message>
    <message>
        <source>When there is no spot instance</source>
        <translation>没有竞价实例时</translation>
    </message>
    <message>
        <source>What is left there</source>
        <translation>账户中的遗留资源</translation>
    </message>
    <message>
        <source>Everything that Second Unit makes in the account carries its name. It looks for what a crash may have left whenever it starts, in every region it ever used.</source>
        <translation>Second Unit 在账户中创建的一切都带有它的名称。每次启动时，它会在用过的所有区域中查找崩溃可能遗留的资源。</translation>
    </message>
    <message>
        <source>Look for leftovers</source>
        <translation>查找遗留资源</translation>
    </message>
    <message>
        <source>Fire drill…</source>
        <translation>安全演练…</translation>
    </message>
    <message>
        <source>Shows on the smallest instances that nothing outlives its budget.</source>
        <translation>用最小的实例验证：没有实例会超出预算继续运行。</translation>
    </message>
    <message>
        <source>Disconnect…</source>
        <translation>断开连接…</translation>
    </message>
    <message>
        <source>Remove from AWS…</source>
        <translation>从 AWS 移除…</translation>
    </message>
    <message>
        <source>AWS is being asked</source>
        <translation>正在查询 AWS</translation>
    </message>
    <message>
        <source>{0} Spent so far: {1}.</source>
        <translation>{0}目前已花费 {1}。</translation>
    </message>
    <message>
        <source>Ready to render in {0}.</source>
        <translation>可以在 {0} 渲染。</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>By {0}</source>
        <translation>通过 {0}</translation>
    </message>
    <message>
        <source>Account {0}, by {1}</source>
        <translation>账户 {0}，通过 {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n region(s)</source>
        <translation>
            <numerusform>%n 个区域</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything could be looked at or removed: {0}</source>
        <translation>有些内容无法检查或移除：{0}</translation>
    </message>
    <message numerus="yes">
        <source>%n leftover(s) removed in {0}: {1}</source>
        <translation>
            <numerusform>已在 {0} 移除 %n 项遗留资源：{1}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No leftovers in {0}. %n thing(s) are in use.</source>
        <translation>
            <numerusform>{0} 没有遗留资源，有 %n 项正在使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is running and nothing is stored there: looked at {0}.</source>
        <translation>没有任何资源在运行或存储：已检查 {0}。</translation>
    </message>
    <message>
        <source>Disconnect the account?</source>
        <translation>断开账户连接？</translation>
    </message>
    <message>
        <source>Second Unit forgets how to sign in. What it made in the account stays there and costs nothing; you can connect again at any time.</source>
        <translation>Second Unit 会忘记登录方式。它在账户中创建的内容会保留，不产生费用；你可以随时重新连接。</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Remove everything from AWS?</source>
        <translation>从 AWS 移除全部内容？</translation>
    </message>
    <message>
        <source>The bucket with all that is in it, the security group and the roles in {0} are deleted. Finished videos on this computer are not touched.</source>
        <translation>将删除 {0} 的存储桶及其中所有内容、安全组和角色。这台电脑上的成片不受影响。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Everything was removed.</source>
        <translation>已全部移除。</translation>
    </message>
    <message>
        <source>Removing: {0}</source>
        <translation>正在移除：{0}</translation>
    </message>
</context>
<context>
    <name>CastBoard</name>
    <message>
        <source>{0}; unsure faces are at the end</source>
        <translation>{0}，待确认的人脸排在最后</translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation>正在打开队列…</translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation>还没有人物</translation>
    </message>
    <message>
        <source>Add videos to the queue, and everybody in them gets a card.</source>
        <translation>将视频添加到队列后，其中的每个人物都会有一张卡片。</translation>
    </message>
    <message>
        <source>Finding out who is in your videos…</source>
        <translation>正在识别视频中的人物…</translation>
    </message>
    <message>
        <source>Cards come as faces are found.</source>
        <translation>找到人脸后，卡片会陆续出现。</translation>
    </message>
    <message>
        <source>No face was found in these videos</source>
        <translation>这些视频中没有找到人脸</translation>
    </message>
    <message>
        <source>There is nobody whose face could be replaced.</source>
        <translation>没有可以换脸的人物。</translation>
    </message>
    <message>
        <source>Undo joining</source>
        <translation>撤销合并</translation>
    </message>
    <message>
        <source>Undo splitting</source>
        <translation>撤销拆分</translation>
    </message>
    <message>
        <source>Undo taking out</source>
        <translation>撤销移出</translation>
    </message>
    <message>
        <source>Undo naming</source>
        <translation>撤销命名</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Choose another card that shows the same person.</source>
        <translation>请再选择一张同一人物的卡片。</translation>
    </message>
    <message>
        <source>{0} are chosen.</source>
        <translation>已选择 {0}。</translation>
    </message>
    <message>
        <source>Cast</source>
        <translation>人物总览</translation>
    </message>
    <message>
        <source>These are the same person</source>
        <translation>这些是同一个人物</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Take the last change of who is who back</source>
        <translation>撤回对人物归属的上一次更改</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Drag a face onto a person: they get it in all their videos.</source>
        <translation>将人脸拖到人物上，即可用于该人物出现的所有视频。</translation>
    </message>
    <message>
        <source>All faces…</source>
        <translation>全部人脸…</translation>
    </message>
    <message>
        <source>Faces of the library</source>
        <translation>素材库中的人脸</translation>
    </message>
    <message>
        <source>Order of the cards</source>
        <translation>卡片排序</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>出场时长</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>发现顺序</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>These people are on screen together, so they cannot be one person.</source>
        <translation>这些人物曾同时出现在画面中，不可能是同一个人。</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>命名…</translation>
    </message>
    <message>
        <source>In “{0}” it is somebody else</source>
        <translation>“{0}”中的是另一个人物</translation>
    </message>
    <message>
        <source>Somebody else in some moments of “{0}”…</source>
        <translation>“{0}”的某些片段中是另一个人物…</translation>
    </message>
</context>
<context>
    <name>CastingSection</name>
    <message>
        <source>Casting</source>
        <translation>换脸</translation>
    </message>
    <message>
        <source>No face was found in this video, so there is nobody to replace.</source>
        <translation>这个视频中没有找到人脸，因此没有可以换脸的人物。</translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>What this sign-in may do in the account. Nothing is changed by looking.</source>
        <translation>此登录方式在账户中拥有的权限。检查不会更改任何内容。</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copy the policy it needs</source>
        <translation>复制所需的策略</translation>
    </message>
    <message>
        <source>Paste it in the console: IAM, your user or role, Add permissions, JSON.</source>
        <translation>在控制台中粘贴：IAM，你的用户或角色，添加权限，JSON。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to put right before a video can be rendered</source>
        <translation>
            <numerusform>渲染前还有 %n 项需要处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that a render needs is allowed.</source>
        <translation>渲染所需的权限均已具备。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>AWS</source>
        <translation>AWS</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>存储桶</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>There</source>
        <translation>齐备</translation>
    </message>
    <message>
        <source>For your information</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>Copy the policy, add it to this sign-in in the console, look again.</source>
        <translation>请复制策略，在控制台中将它添加到此登录方式，然后重新检查。</translation>
    </message>
    <message>
        <source>The last step makes it.</source>
        <translation>由最后一步创建。</translation>
    </message>
    <message>
        <source>The policy is in the clipboard.</source>
        <translation>策略已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>ChoiceRow</name>
    <message>
        <source>They differ</source>
        <translation>各不相同</translation>
    </message>
</context>
<context>
    <name>ChunkMap</name>
    <message>
        <source>Pieces</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Pieces of the render on the time axis</source>
        <translation>时间轴上的渲染片段</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>发生中断</translation>
    </message>
    <message>
        <source>A worker went away</source>
        <translation>有渲染进程退出</translation>
    </message>
</context>
<context>
    <name>Chunks</name>
    <message>
        <source>Frames {0} to {1}</source>
        <translation>第 {0} 至 {1} 帧</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Click to play this part.</source>
        <translation>点击播放这个片段。</translation>
    </message>
    <message>
        <source>Click to play what is finished of it.</source>
        <translation>点击播放已完成的部分。</translation>
    </message>
    <message>
        <source>All are finished</source>
        <translation>全部完成</translation>
    </message>
    <message>
        <source>{0} of {1} finished</source>
        <translation>已完成 {0}/{1}</translation>
    </message>
    <message>
        <source>{0} pieces, {1} of {2} frames rendered</source>
        <translation>{0} 个片段，已渲染 {1}/{2} 帧</translation>
    </message>
    <message>
        <source>{0} by {1}</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>{0} – {1} of {2} frames</source>
        <translation>{0} · {1}/{2} 帧</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The render goes on in AWS</source>
        <translation>渲染会在 AWS 中继续</translation>
    </message>
    <message>
        <source>You can close Second Unit, and the laptop. The instances finish the video and end themselves, within its budget. Open Second Unit again to get it.</source>
        <translation>可以关闭 Second Unit，也可以合上笔记本电脑。实例会在预算内完成视频并自行结束。再次打开 Second Unit 即可取回视频。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It cannot go on without this computer yet. If you stop, the instances in AWS are ended, and the render goes on where it was the next time you open Second Unit. Nothing that is finished is lost.</source>
        <translation>目前还不能脱离这台电脑继续。若停止，AWS 中的实例会结束，下次打开 Second Unit 时渲染从中断处继续。已完成的内容不会丢失。</translation>
    </message>
    <message>
        <source>If you close now, the render stops and goes on where it was the next time you open Second Unit. Nothing that is finished is lost.</source>
        <translation>现在关闭会停止渲染，下次打开 Second Unit 时从中断处继续。已完成的内容不会丢失。</translation>
    </message>
    <message>
        <source>Keep rendering</source>
        <translation>继续渲染</translation>
    </message>
    <message>
        <source>Second Unit can go on in the background, beside the clock. If you stop, the render goes on where it was the next time you open Second Unit. Nothing that is finished is lost.</source>
        <translation>Second Unit 可以在后台继续运行，图标位于时钟旁。若停止渲染，下次打开 Second Unit 时会从中断处继续。已完成的内容不会丢失。</translation>
    </message>
    <message>
        <source>A video is being rendered</source>
        <translation>正在渲染视频</translation>
    </message>
</context>
<context>
    <name>Cloud</name>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}，预算 {1}</translation>
    </message>
    <message>
        <source>Waiting for an instance…</source>
        <translation>正在等待实例…</translation>
    </message>
    <message>
        <source>Uploading, and waiting for an instance…</source>
        <translation>正在上传并等待实例…</translation>
    </message>
    <message>
        <source>AWS took an instance back – another starts…</source>
        <translation>AWS 收回了一个实例，正在启动另一个…</translation>
    </message>
    <message>
        <source>AWS: no instance yet</source>
        <translation>AWS：尚无实例</translation>
    </message>
    <message>
        <source>AWS: 1 instance, {0}</source>
        <translation>AWS：1 个实例，{0}</translation>
    </message>
    <message>
        <source>AWS: {0} instances, {1}</source>
        <translation>AWS：{0} 个实例，{1}</translation>
    </message>
    <message>
        <source>{0} spot in {1}, {2}</source>
        <translation>{0} 竞价实例，{1}，{2}</translation>
    </message>
    <message>
        <source>{0} on demand in {1}, {2}</source>
        <translation>{0} 按需实例，{1}，{2}</translation>
    </message>
    <message>
        <source>AWS took {0} in {1} back here ({2}). What was finished is kept; another went on.</source>
        <translation>AWS 在此处收回了 {1} 的 {0}（{2}）。已完成的内容会保留，并由另一个继续。</translation>
    </message>
    <message>
        <source>{0} in {1} went away here ({2}). What was finished is kept; another went on.</source>
        <translation>{1} 的 {0} 在此处退出（{2}）。已完成的内容会保留，并由另一个继续。</translation>
    </message>
    <message>
        <source>You can close the laptop now</source>
        <translation>现在可以合上笔记本电脑</translation>
    </message>
    <message>
        <source>The render goes on in AWS to its end. Open Second Unit again to get the video.</source>
        <translation>渲染会在 AWS 中继续到完成。再次打开 Second Unit 即可取回视频。</translation>
    </message>
    <message>
        <source>Please leave this computer on</source>
        <translation>请让这台电脑保持开机</translation>
    </message>
    <message>
        <source>The video is still being uploaded.</source>
        <translation>视频仍在上传。</translation>
    </message>
    <message>
        <source>No instance has begun to work yet.</source>
        <translation>还没有实例开始工作。</translation>
    </message>
    <message>
        <source>An instance that AWS takes back would not be replaced. “Keep going without me” has AWS do that.</source>
        <translation>如果 AWS 收回实例，将不会自动补上。启用“无人值守继续”后，由 AWS 负责补上。</translation>
    </message>
    <message>
        <source>The budget may be used up before the render is done.</source>
        <translation>预算可能在渲染完成前用尽。</translation>
    </message>
    <message>
        <source>AWS took an instance back.</source>
        <translation>AWS 收回了一个实例。</translation>
    </message>
    <message>
        <source>AWS took {0} instances back.</source>
        <translation>AWS 收回了 {0} 个实例。</translation>
    </message>
    <message>
        <source>A replacement is starting. Nothing is lost.</source>
        <translation>替代实例正在启动，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>{0}, {1}, on demand {2}</source>
        <translation>{0}，{1}，按需价格 {2}</translation>
    </message>
    <message>
        <source>The budget of {0} will not do: what is finished by then is kept.</source>
        <translation>预算 {0} 不够；届时会保留已完成的内容。</translation>
    </message>
    <message>
        <source>The budget of {0} may not be enough.</source>
        <translation>预算 {0} 可能不够。</translation>
    </message>
    <message>
        <source>1 instance: {0}, {1}</source>
        <translation>1 个实例：{0}，{1}</translation>
    </message>
    <message>
        <source>{0} instances: {1}, {2}</source>
        <translation>{0} 个实例：{1}，{2}</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} 至 {1}</translation>
    </message>
    <message>
        <source>about {0}–{1} min</source>
        <translation>约 {0}–{1} 分钟</translation>
    </message>
    <message>
        <source>{0} for {1} on 1 instance</source>
        <translation>{0}，1 个实例运行 {1}</translation>
    </message>
    <message>
        <source>{0} for {1} on {2} instances</source>
        <translation>{0}，{2} 个实例运行 {1}</translation>
    </message>
    <message>
        <source>{0} less than on demand ({1})</source>
        <translation>比按需价格（{1}）节省 {0}</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>1, made up for by itself</source>
        <translation>1 次，已自动补上</translation>
    </message>
    <message>
        <source>{0}, made up for by themselves</source>
        <translation>{0} 次，已自动补上</translation>
    </message>
    <message>
        <source>Everything is gone, AWS says</source>
        <translation>AWS 确认已全部清除</translation>
    </message>
    <message>
        <source>AWS could not be asked what is left</source>
        <translation>无法向 AWS 查询遗留资源</translation>
    </message>
    <message>
        <source>Still there: {0}</source>
        <translation>仍然存在：{0}</translation>
    </message>
    <message>
        <source>{0} in {1}</source>
        <translation>{1} 的 {0}</translation>
    </message>
    <message>
        <source>ended when it was done</source>
        <translation>完成后已结束</translation>
    </message>
    <message>
        <source>taken back by AWS</source>
        <translation>被 AWS 收回</translation>
    </message>
    <message>
        <source>lost, and ended</source>
        <translation>失去联系，已结束</translation>
    </message>
    <message>
        <source>ended by a sweep</source>
        <translation>在清理时结束</translation>
    </message>
</context>
<context>
    <name>CloudCare</name>
    <message>
        <source>Sign in again…</source>
        <translation>重新登录…</translation>
    </message>
    <message>
        <source>The sign-in to AWS ended while a video is rendered there.</source>
        <translation>视频在 AWS 中渲染期间，登录已过期。</translation>
    </message>
    <message>
        <source>The instances go on. Sign in again to see them and to get the video.</source>
        <translation>实例会继续运行。重新登录后即可查看并取回视频。</translation>
    </message>
    <message>
        <source>AWS decided on your request for GPUs, and grants none yet.</source>
        <translation>AWS 已答复你的 GPU 申请，暂未批准任何额度。</translation>
    </message>
    <message>
        <source>Look at the answer in the account’s settings, and ask for fewer.</source>
        <translation>请在账户设置中查看答复，并申请更少的数量。</translation>
    </message>
    <message numerus="yes">
        <source>AWS decided on your request: %n GPU instance(s) at a time in {0}.</source>
        <translation>
            <numerusform>AWS 已答复你的申请：在 {0} 可同时使用 %n 个 GPU 实例。</numerusform>
        </translation>
    </message>
    <message>
        <source>Videos can be rendered there now.</source>
        <translation>现在可以在其中渲染视频。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) left in AWS could not be removed.</source>
        <translation>
            <numerusform>有 %n 项遗留在 AWS 中的资源无法移除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Look for leftovers in the settings, under AWS.</source>
        <translation>请在设置的“AWS”页中查找遗留资源。</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) that an earlier render left in AWS were removed.</source>
        <translation>
            <numerusform>已移除之前的渲染遗留在 AWS 中的 %n 项资源。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing goes on costing.</source>
        <translation>不会继续产生费用。</translation>
    </message>
</context>
<context>
    <name>CloudStates</name>
    <message>
        <source>No AWS account is connected.</source>
        <translation>尚未连接 AWS 账户。</translation>
    </message>
    <message>
        <source>Connect one to render on its GPUs, paid by the second.</source>
        <translation>连接后即可使用其 GPU 渲染，按秒计费。</translation>
    </message>
    <message>
        <source>Connect…</source>
        <translation>连接…</translation>
    </message>
    <message>
        <source>The account is connected but not set up in {0} yet.</source>
        <translation>账户已连接，但尚未在 {0} 设置。</translation>
    </message>
    <message>
        <source>It takes half a minute, once.</source>
        <translation>只需一次，大约半分钟。</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>The sign-in to AWS is over.</source>
        <translation>AWS 登录已过期。</translation>
    </message>
    <message>
        <source>Sign in again; nothing is lost.</source>
        <translation>请重新登录，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>重新登录…</translation>
    </message>
    <message>
        <source>AWS does not answer.</source>
        <translation>AWS 没有响应。</translation>
    </message>
    <message>
        <source>Check this computer’s network; what runs goes on.</source>
        <translation>请检查这台电脑的网络；正在运行的任务会继续。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>See to it…</source>
        <translation>处理…</translation>
    </message>
</context>
<context>
    <name>CommandForm</name>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Arguments, one on each line</source>
        <translation>参数，每行一个</translation>
    </message>
    <message>
        <source>Each line reaches the program as it is; no shell reads it. The program finds how many videos are done in SECONDUNIT_DONE and how many failed in SECONDUNIT_FAILED.</source>
        <translation>每一行都原样传给程序，不经过 shell。完成的视频数在环境变量 SECONDUNIT_DONE 中，失败的视频数在 SECONDUNIT_FAILED 中。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the program</source>
        <translation>选择程序</translation>
    </message>
    <message>
        <source>Try it now</source>
        <translation>立即试运行</translation>
    </message>
    <message>
        <source>What the command said</source>
        <translation>命令的输出</translation>
    </message>
    <message>
        <source>The command is running</source>
        <translation>命令正在运行</translation>
    </message>
    <message>
        <source>It was started and goes on by itself.</source>
        <translation>命令已启动，并会自行继续运行。</translation>
    </message>
    <message>
        <source>It ran and ended well.</source>
        <translation>命令已运行并正常结束。</translation>
    </message>
    <message>
        <source>It ran and ended with status {0}.</source>
        <translation>命令已运行结束，退出码为 {0}。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>View</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Add videos…</source>
        <translation>添加视频…</translation>
    </message>
    <message>
        <source>Add a folder of videos…</source>
        <translation>添加视频文件夹…</translation>
    </message>
    <message>
        <source>Source faces…</source>
        <translation>素材人脸…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示项目</translation>
    </message>
    <message>
        <source>Connect an AWS account…</source>
        <translation>连接 AWS 账户…</translation>
    </message>
    <message>
        <source>Look for leftovers in AWS…</source>
        <translation>查找 AWS 中的遗留资源…</translation>
    </message>
    <message>
        <source>Fire drill…</source>
        <translation>安全演练…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>Render what is selected</source>
        <translation>渲染所选视频</translation>
    </message>
    <message>
        <source>Render everything that is ready</source>
        <translation>渲染所有就绪的视频</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop after this video</source>
        <translation>完成当前视频后停止</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>立即停止</translation>
    </message>
    <message>
        <source>Try everything that failed again</source>
        <translation>重试所有失败的视频</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move to the top</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Move to the bottom</source>
        <translation>移到最后</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>One second back</source>
        <translation>后退一秒</translation>
    </message>
    <message>
        <source>One second on</source>
        <translation>前进一秒</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <source>Begin here</source>
        <translation>设为入点</translation>
    </message>
    <message>
        <source>End here</source>
        <translation>设为出点</translation>
    </message>
    <message>
        <source>Play in a loop</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Sound on or off</source>
        <translation>打开或关闭声音</translation>
    </message>
    <message>
        <source>Before and after, wiped</source>
        <translation>换脸前后划像对比</translation>
    </message>
    <message>
        <source>Before and after, side by side</source>
        <translation>换脸前后并排对比</translation>
    </message>
    <message>
        <source>Only before</source>
        <translation>只看换脸前</translation>
    </message>
    <message>
        <source>Only after</source>
        <translation>只看换脸后</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Next appearance</source>
        <translation>下一次出场</translation>
    </message>
    <message>
        <source>Previous appearance</source>
        <translation>上一次出场</translation>
    </message>
    <message>
        <source>Scan for trouble</source>
        <translation>查找问题画面</translation>
    </message>
    <message>
        <source>Render a short proof</source>
        <translation>渲染一小段样片</translation>
    </message>
    <message>
        <source>Outlines of faces on or off</source>
        <translation>显示或隐藏人脸框</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Show the hardest frames</source>
        <translation>显示难点画面</translation>
    </message>
    <message>
        <source>Next trouble</source>
        <translation>下一处问题</translation>
    </message>
    <message>
        <source>Previous trouble</source>
        <translation>上一处问题</translation>
    </message>
    <message>
        <source>Simple view</source>
        <translation>简洁视图</translation>
    </message>
    <message>
        <source>Cast board</source>
        <translation>人物总览</translation>
    </message>
    <message>
        <source>Go to the queue</source>
        <translation>转到队列</translation>
    </message>
    <message>
        <source>Go to the stage</source>
        <translation>转到画面</translation>
    </message>
    <message>
        <source>Go to the inspector</source>
        <translation>转到检查器</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Two-minute guide</source>
        <translation>两分钟上手</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>查找命令…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Is everything there?</source>
        <translation>检查运行环境</translation>
    </message>
    <message>
        <source>Save a diagnostics bundle…</source>
        <translation>保存诊断包…</translation>
    </message>
    <message>
        <source>About Second Unit</source>
        <translation>关于 Second Unit</translation>
    </message>
</context>
<context>
    <name>ConnectWizard</name>
    <message>
        <source>Connect an AWS account</source>
        <translation>连接 AWS 账户</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0}  {1}</source>
        <translation>{0}  {1}</translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>Give the person a name.</source>
        <translation>请为此人填写姓名。</translation>
    </message>
    <message>
        <source>Say who agreed that this face is used.</source>
        <translation>请选择由谁同意使用这张人脸。</translation>
    </message>
    <message>
        <source>Say who makes the statement.</source>
        <translation>请填写声明人。</translation>
    </message>
    <message>
        <source>Tick the statement if it is true.</source>
        <translation>如果声明属实，请勾选。</translation>
    </message>
    <message>
        <source>This is me</source>
        <translation>这是我本人</translation>
    </message>
    <message>
        <source>I have this person&apos;s consent</source>
        <translation>我已获得此人的同意</translation>
    </message>
    <message>
        <source>The portrait is free to use</source>
        <translation>该肖像可以自由使用</translation>
    </message>
    <message>
        <source>I am this person, and I agree to my face being put into videos.</source>
        <translation>我就是此人，我同意将我的人脸置入视频。</translation>
    </message>
    <message>
        <source>I have this person&apos;s consent to put their face into videos.</source>
        <translation>我已获得此人的同意，可将其人脸置入视频。</translation>
    </message>
    <message>
        <source>This portrait is in the public domain or licensed for this use, and I do not use it to deceive or to harm.</source>
        <translation>此肖像属于公有领域，或已获得用于此用途的许可，且我不将其用于欺骗或伤害。</translation>
    </message>
    <message>
        <source>their own face</source>
        <translation>本人的人脸</translation>
    </message>
    <message>
        <source>with permission</source>
        <translation>已获本人同意</translation>
    </message>
    <message>
        <source>licensed portrait</source>
        <translation>已获许可的肖像</translation>
    </message>
    <message>
        <source>Second Unit, by the demo&apos;s attribution</source>
        <translation>Second Unit，依据演示素材的署名信息</translation>
    </message>
</context>
<context>
    <name>ConsentCard</name>
    <message>
        <source>Who agreed that {0}&apos;s face is used?</source>
        <translation>谁同意使用“{0}”的人脸？</translation>
    </message>
    <message>
        <source>State consent</source>
        <translation>填写同意声明</translation>
    </message>
</context>
<context>
    <name>ConsentForm</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Who agreed?</source>
        <translation>由谁同意？</translation>
    </message>
    <message>
        <source>Stated by</source>
        <translation>声明人</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>此人的姓名</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>这是谁？</translation>
    </message>
    <message>
        <source>Your name: who makes this statement</source>
        <translation>你的姓名，即作出声明的人</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>你的姓名</translation>
    </message>
    <message>
        <source>Note to keep with the consent, if you like</source>
        <translation>随同意声明保存的备注，可不填</translation>
    </message>
    <message>
        <source>Optional: its scope, or where it is kept</source>
        <translation>可选：同意的范围，或书面同意的存放处</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>Recorded in English: “{0}”</source>
        <translation>以英文存档：“{0}”</translation>
    </message>
    <message>
        <source>I state this</source>
        <translation>我作此声明</translation>
    </message>
    <message>
        <source>I state this: {0}</source>
        <translation>我作此声明：{0}</translation>
    </message>
</context>
<context>
    <name>DesktopNotices</name>
    <message>
        <source>Renders ended</source>
        <translation>渲染已结束</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n 个视频</numerusform>
        </translation>
    </message>
    <message>
        <source>A video is done</source>
        <translation>视频已完成</translation>
    </message>
    <message>
        <source>A render failed</source>
        <translation>渲染失败</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>DetailsCard</name>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>校验值</translation>
    </message>
    <message>
        <source>AI-made</source>
        <translation>AI 生成</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy what went wrong, to paste it elsewhere</source>
        <translation>复制错误信息，以便粘贴到别处</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>See to the AWS account…</source>
        <translation>处理 AWS 账户…</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>In AWS</source>
        <translation>AWS 资源</translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>SHA-256 of the file: {0}</source>
        <translation>文件的 SHA-256：{0}</translation>
    </message>
    <message>
        <source>‘Scan for trouble’ on the timeline goes through those places.</source>
        <translation>使用时间轴上的“查找问题画面”可逐处查看。</translation>
    </message>
    <message>
        <source>This video cannot be used</source>
        <translation>这个视频无法使用</translation>
    </message>
    <message>
        <source>The render failed</source>
        <translation>渲染失败</translation>
    </message>
    <message>
        <source>Please look at this video</source>
        <translation>请查看这个视频</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>The file is not where it was, or cannot be read.</source>
        <translation>文件不在原处，或无法读取。</translation>
    </message>
    <message>
        <source>No mark was found in the file.</source>
        <translation>文件中没有找到标记。</translation>
    </message>
    <message>
        <source>Yes – read back from the file ({0})</source>
        <translation>是，已从文件中读回（{0}）</translation>
    </message>
</context>
<context>
    <name>DiagnosticsPage</name>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
    <message>
        <source>Bundle for a report</source>
        <translation>问题诊断包</translation>
    </message>
    <message>
        <source>A file for whoever looks into a fault: versions, settings, what happened to the newest renders, reports of crashes and the end of the log. It holds no passwords, no pictures, and no names of files, folders or people. Nothing is sent anywhere.</source>
        <translation>供排查问题的人使用，包含版本、设置、最近几次渲染的经过、崩溃报告和日志的末尾部分，不含密码、图片，也不含文件、文件夹或人物的名称。不会向任何地方发送。</translation>
    </message>
    <message>
        <source>Save a bundle…</source>
        <translation>保存诊断包…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>显示文件</translation>
    </message>
    <message>
        <source>Progress of the bundle</source>
        <translation>诊断包的进度</translation>
    </message>
    <message>
        <source>Reports of crashes</source>
        <translation>崩溃报告</translation>
    </message>
    <message>
        <source>Open their folder</source>
        <translation>打开所在文件夹</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Second Unit {0}, Qt {1}, Python {2}, {3}</source>
        <translation>Second Unit {0}，Qt {1}，Python {2}，{3}</translation>
    </message>
    <message>
        <source>Models and their licences</source>
        <translation>模型及其许可</translation>
    </message>
    <message numerus="yes">
        <source>%n report(s).</source>
        <translation>
            <numerusform>%n 份报告。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is none.</source>
        <translation>没有报告。</translation>
    </message>
    <message>
        <source>Zip files (*.zip)</source>
        <translation>Zip 文件 (*.zip)</translation>
    </message>
    <message>
        <source>Save the bundle</source>
        <translation>保存诊断包</translation>
    </message>
    <message numerus="yes">
        <source>Saved as {0}, with %n file(s) in it.</source>
        <translation>
            <numerusform>已保存为 {0}，其中有 %n 个文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped; nothing was saved.</source>
        <translation>已停止，没有保存任何内容。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
</context>
<context>
    <name>DoctorDialog</name>
    <message>
        <source>Is everything there?</source>
        <translation>检查运行环境</translation>
    </message>
    <message>
        <source>Looking at what a render needs…</source>
        <translation>正在检查渲染所需的内容…</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) missing</source>
        <translation>
            <numerusform>缺少 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything that a render needs is there.</source>
        <translation>渲染所需的内容均已齐备。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
    <message>
        <source>There</source>
        <translation>齐备</translation>
    </message>
    <message>
        <source>For your information</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DonePage</name>
    <message>
        <source>When done</source>
        <translation>完成后</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>When the queue is done</source>
        <translation>队列完成时</translation>
    </message>
    <message>
        <source>Tell me when a video is done</source>
        <translation>视频完成时通知我</translation>
    </message>
    <message>
        <source>Play a sound with it</source>
        <translation>同时播放提示音</translation>
    </message>
    <message>
        <source>Nothing happens when you ended every video yourself.</source>
        <translation>如果所有视频都由你手动结束，则不执行任何操作。</translation>
    </message>
    <message>
        <source>Notification</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>完成后</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>不执行任何操作</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>通知我</translation>
    </message>
    <message>
        <source>Let the computer sleep</source>
        <translation>让电脑睡眠</translation>
    </message>
    <message>
        <source>Run a command</source>
        <translation>运行命令</translation>
    </message>
</context>
<context>
    <name>DrillDialog</name>
    <message>
        <source>Fire drill</source>
        <translation>安全演练</translation>
    </message>
    <message>
        <source>Four layers that do not know of each other keep an instance from outliving its budget. The drill launches four of the smallest instances and leaves each to one layer alone. It takes about five minutes and costs about a cent.</source>
        <translation>有四层互不依赖的保护，防止实例超出预算继续运行。演练会启动四个最小的实例，每个只由其中一层保护负责结束。大约需要五分钟，费用约一美分。</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>再次运行</translation>
    </message>
    <message>
        <source>Begin the drill</source>
        <translation>开始演练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Layers that did their part</source>
        <translation>已起作用的保护层</translation>
    </message>
    <message>
        <source>The instance’s first order, to shut itself down</source>
        <translation>实例收到的第一条指令：自行关机</translation>
    </message>
    <message>
        <source>The watchdog on the instance, when nobody uses it</source>
        <translation>实例上的看门狗：无人使用时结束实例</translation>
    </message>
    <message>
        <source>A schedule in AWS, even when this computer is off</source>
        <translation>AWS 中的定时任务：即使这台电脑已关机</translation>
    </message>
    <message>
        <source>This computer, when it looks for leftovers</source>
        <translation>这台电脑：查找遗留资源时</translation>
    </message>
    <message>
        <source>{0}: ended it after {1}</source>
        <translation>{0}：在 {1} 后结束了实例</translation>
    </message>
    <message>
        <source>{0}: did not end it. {1}</source>
        <translation>{0}：没有结束实例。{1}</translation>
    </message>
    <message>
        <source>Every layer works. The drill cost {0}, and nothing is left of it.</source>
        <translation>每一层保护都有效。演练花费 {0}，没有任何遗留。</translation>
    </message>
    <message>
        <source>A layer did not work. Nothing is left of the drill; the others hold.</source>
        <translation>有一层保护没有起作用。演练没有任何遗留，其他保护层仍然有效。</translation>
    </message>
</context>
<context>
    <name>DropVeil</name>
    <message>
        <source>Drop to add the videos and keep the photos as faces</source>
        <translation>松开即可添加视频，并将照片保存为人脸</translation>
    </message>
    <message numerus="yes">
        <source>Drop to add %n video(s) to the queue</source>
        <translation>
            <numerusform>松开即可将 %n 个视频添加到队列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Drop to keep %n photo(s) as source face(s)</source>
        <translation>
            <numerusform>松开即可将 %n 张照片保存为素材人脸</numerusform>
        </translation>
    </message>
    <message>
        <source>You will be asked whose face it is and how they agreed.</source>
        <translation>接下来需要说明这是谁的人脸，以及对方如何同意。</translation>
    </message>
    <message>
        <source>Drop to add the videos in these folders</source>
        <translation>松开即可添加这些文件夹中的视频</translation>
    </message>
    <message>
        <source>These files cannot be used here</source>
        <translation>这些文件无法在此使用</translation>
    </message>
    <message>
        <source>Drop videos for the queue, or photos of faces.</source>
        <translation>将视频拖入队列，或拖入人脸照片。</translation>
    </message>
    <message numerus="yes">
        <source>%n other file(s) will be left out.</source>
        <translation>
            <numerusform>其他 %n 个文件将被忽略。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Second Unit made a mistake ({0}).</source>
        <translation>Second Unit 出错了（{0}）。</translation>
    </message>
    <message>
        <source>Try again. What was finished is kept.</source>
        <translation>请重试。已完成的内容会保留。</translation>
    </message>
    <message>
        <source>{0} is not there any more.</source>
        <translation>{0} 已不在原处。</translation>
    </message>
    <message>
        <source>Put it back where it was, or check that its disk is connected.</source>
        <translation>请将它放回原处，或检查其磁盘是否已连接。</translation>
    </message>
    <message>
        <source>The system refused: {0}.</source>
        <translation>系统拒绝了操作：{0}。</translation>
    </message>
    <message>
        <source>Check the disk and its rights, then try again.</source>
        <translation>请检查磁盘及其权限，然后重试。</translation>
    </message>
    <message>
        <source>The video cannot be found.</source>
        <translation>找不到视频。</translation>
    </message>
    <message>
        <source>Check the name, and that the disk is connected.</source>
        <translation>请检查文件名，并确认磁盘已连接。</translation>
    </message>
    <message>
        <source>This is not a file.</source>
        <translation>这不是文件。</translation>
    </message>
    <message>
        <source>Drop a video file.</source>
        <translation>请拖入视频文件。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件是空的。</translation>
    </message>
    <message>
        <source>Copy or export it again.</source>
        <translation>请重新拷贝或导出。</translation>
    </message>
    <message>
        <source>This video has no frames.</source>
        <translation>这个视频没有画面。</translation>
    </message>
    <message>
        <source>Export it again and drop the new file.</source>
        <translation>请重新导出，再拖入新文件。</translation>
    </message>
    <message>
        <source>There is no video in this file.</source>
        <translation>这个文件中没有视频。</translation>
    </message>
    <message>
        <source>This video is coded in a way that cannot be read here, or is encrypted.</source>
        <translation>这个视频的编码无法在此读取，或已加密。</translation>
    </message>
    <message>
        <source>Export it as H.264 from a program that plays it, and drop the new file.</source>
        <translation>请在能播放它的程序中导出为 H.264，再拖入新文件。</translation>
    </message>
    <message>
        <source>This video is encrypted and cannot be read.</source>
        <translation>这个视频已加密，无法读取。</translation>
    </message>
    <message>
        <source>Use a copy without copy protection that you have the right to change.</source>
        <translation>请使用没有版权保护且你有权修改的副本。</translation>
    </message>
    <message>
        <source>The picture is too small to show a face.</source>
        <translation>画面太小，看不清人脸。</translation>
    </message>
    <message>
        <source>Use a larger version of the video.</source>
        <translation>请使用分辨率更高的版本。</translation>
    </message>
    <message>
        <source>The picture has more pixels than can be rendered.</source>
        <translation>画面的像素数超出可渲染的范围。</translation>
    </message>
    <message>
        <source>Scale it down and drop the new file.</source>
        <translation>请缩小尺寸，再拖入新文件。</translation>
    </message>
    <message>
        <source>Not one frame of this video can be decoded.</source>
        <translation>这个视频没有一帧能够解码。</translation>
    </message>
    <message>
        <source>Play it elsewhere; if it plays, export it as H.264 and drop the new file.</source>
        <translation>请在其他程序中播放；如果能播放，请导出为 H.264，再拖入新文件。</translation>
    </message>
    <message>
        <source>Pictures of this video have no time stamp, so nobody can say when they are shown.</source>
        <translation>这个视频有画面缺少时间戳，无法确定其显示时间。</translation>
    </message>
    <message>
        <source>Remux it into an MP4 or MKV file and drop that.</source>
        <translation>请重新封装为 MP4 或 MKV 文件，再拖入。</translation>
    </message>
    <message>
        <source>The time stamps of this video jump back, so nobody can say when its frames are shown.</source>
        <translation>这个视频的时间戳有倒退，无法确定画面的显示时间。</translation>
    </message>
    <message>
        <source>Remux or export it with continuous time stamps.</source>
        <translation>请以连续的时间戳重新封装或导出。</translation>
    </message>
    <message>
        <source>This is not a video that can be read.</source>
        <translation>这不是可以读取的视频。</translation>
    </message>
    <message>
        <source>Play it elsewhere; if it plays, export it as MP4 and drop the new file.</source>
        <translation>请在其他程序中播放；如果能播放，请导出为 MP4，再拖入新文件。</translation>
    </message>
    <message>
        <source>This is a playlist, not a video; what it points to was not opened.</source>
        <translation>这是播放列表，不是视频；其中指向的内容没有被打开。</translation>
    </message>
    <message>
        <source>Drop the video file itself.</source>
        <translation>请拖入视频文件本身。</translation>
    </message>
    <message>
        <source>This is a picture, not a video.</source>
        <translation>这是图片，不是视频。</translation>
    </message>
    <message>
        <source>Drop it as a source photo.</source>
        <translation>请将它作为人脸照片拖入。</translation>
    </message>
    <message>
        <source>This is an unfinished recording: it has no index.</source>
        <translation>这段录制没有完成，缺少索引。</translation>
    </message>
    <message>
        <source>Let the recorder finish, or repair the file with the tool that made it.</source>
        <translation>请等待录制完成，或用录制它的工具修复文件。</translation>
    </message>
    <message>
        <source>Reading this file ended the reader.</source>
        <translation>读取这个文件时，读取程序意外结束。</translation>
    </message>
    <message>
        <source>The app is unharmed. Re-export the file and try again.</source>
        <translation>应用不受影响。请重新导出文件后再试。</translation>
    </message>
    <message>
        <source>Reading this file took far longer than it should and was ended.</source>
        <translation>读取这个文件用时过长，已中止。</translation>
    </message>
    <message>
        <source>Re-export the file and try again.</source>
        <translation>请重新导出文件后再试。</translation>
    </message>
    <message>
        <source>Reading this file needs more memory than it is allowed.</source>
        <translation>读取这个文件所需的内存超出限制。</translation>
    </message>
    <message>
        <source>Re-export the file at a smaller size and try again.</source>
        <translation>请以较小的尺寸重新导出文件后再试。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>无法读取这个文件。</translation>
    </message>
    <message>
        <source>Check the file and its disk, then try again.</source>
        <translation>请检查文件及其所在磁盘，然后重试。</translation>
    </message>
    <message>
        <source>What was found in this video was deleted since.</source>
        <translation>这个视频的识别结果已被删除。</translation>
    </message>
    <message>
        <source>It is looked at again by itself.</source>
        <translation>会自动重新识别。</translation>
    </message>
    <message>
        <source>The video is not there any more.</source>
        <translation>视频已不在原处。</translation>
    </message>
    <message>
        <source>Put it back where it was, or remove it from the queue.</source>
        <translation>请将它放回原处，或将它移出队列。</translation>
    </message>
    <message>
        <source>The video is not the file any more that the render was begun with.</source>
        <translation>这个视频已不是开始渲染时的那个文件。</translation>
    </message>
    <message>
        <source>Put the same file back, or render the new one as a video of its own.</source>
        <translation>请放回原来的文件，或将新文件作为另一个视频渲染。</translation>
    </message>
    <message>
        <source>This file cannot be rendered.</source>
        <translation>这个文件无法渲染。</translation>
    </message>
    <message>
        <source>Try another file, or export it again.</source>
        <translation>请换一个文件，或重新导出。</translation>
    </message>
    <message>
        <source>A model file that is needed is not installed.</source>
        <translation>缺少必需的模型文件。</translation>
    </message>
    <message>
        <source>Open “Is everything there?” in the Help menu; it says what to do.</source>
        <translation>请打开“帮助”菜单中的“检查运行环境”，按其中的说明处理。</translation>
    </message>
    <message>
        <source>A model file is damaged; it was not opened.</source>
        <translation>模型文件已损坏，没有打开。</translation>
    </message>
    <message>
        <source>This photo cannot be read.</source>
        <translation>无法读取这张照片。</translation>
    </message>
    <message>
        <source>Save it as JPEG or PNG and try again.</source>
        <translation>请另存为 JPEG 或 PNG 后再试。</translation>
    </message>
    <message>
        <source>This casting names nobody who can be told apart.</source>
        <translation>换脸设置中的人物无法辨认。</translation>
    </message>
    <message>
        <source>Choose the person again.</source>
        <translation>请重新选择人物。</translation>
    </message>
    <message>
        <source>The content check does not allow this material.</source>
        <translation>内容检查不允许使用此素材。</translation>
    </message>
    <message>
        <source>Nothing was rendered. Choose other material.</source>
        <translation>没有渲染任何内容。请选择其他素材。</translation>
    </message>
    <message>
        <source>Nobody stated consent for this face yet.</source>
        <translation>这张人脸还没有同意声明。</translation>
    </message>
    <message>
        <source>State it in the faces library; until then the face is not rendered.</source>
        <translation>请在人脸素材库中填写；在此之前，不会渲染这张人脸。</translation>
    </message>
    <message>
        <source>This face is not in the library, or its photos are not whole.</source>
        <translation>素材库中没有这张人脸，或其照片不完整。</translation>
    </message>
    <message>
        <source>Add the face again.</source>
        <translation>请重新添加这张人脸。</translation>
    </message>
    <message>
        <source>This photo does not show exactly one face.</source>
        <translation>这张照片中的人脸不是恰好一张。</translation>
    </message>
    <message>
        <source>Choose a photo with one face, seen from the front.</source>
        <translation>请选择只有一张正面人脸的照片。</translation>
    </message>
    <message>
        <source>The disk has less room than is needed.</source>
        <translation>磁盘空间不足。</translation>
    </message>
    <message>
        <source>Free some space, or move the storage folder in the settings.</source>
        <translation>请释放一些空间，或在设置中更换存储文件夹。</translation>
    </message>
    <message>
        <source>This render is not there any more.</source>
        <translation>这次渲染已不存在。</translation>
    </message>
    <message>
        <source>Render the video again.</source>
        <translation>请重新渲染视频。</translation>
    </message>
    <message>
        <source>Another program is working on this render.</source>
        <translation>另一个程序正在处理这次渲染。</translation>
    </message>
    <message>
        <source>Wait for it, or end it, then try again.</source>
        <translation>请等它结束，或将它关闭，然后重试。</translation>
    </message>
    <message>
        <source>The storage folder cannot be written to.</source>
        <translation>无法写入存储文件夹。</translation>
    </message>
    <message>
        <source>Check the disk, then go on; what was finished is kept.</source>
        <translation>请检查磁盘，然后继续；已完成的内容会保留。</translation>
    </message>
    <message>
        <source>The record of this render is damaged or from another version.</source>
        <translation>这次渲染的记录已损坏，或来自其他版本。</translation>
    </message>
    <message>
        <source>It was left as it is. Render the video again.</source>
        <translation>记录保持原样。请重新渲染视频。</translation>
    </message>
    <message>
        <source>The queue cannot be read or written.</source>
        <translation>无法读取或写入队列。</translation>
    </message>
    <message>
        <source>Its file was left as it is. Check the disk, then start again.</source>
        <translation>队列文件保持原样。请检查磁盘，然后重新启动。</translation>
    </message>
    <message>
        <source>This render cannot be made as it was asked for.</source>
        <translation>无法按所要求的方式渲染。</translation>
    </message>
    <message>
        <source>Check the look and the output, then try again.</source>
        <translation>请检查效果和输出设置，然后重试。</translation>
    </message>
    <message>
        <source>The settings were written by a newer version of Second Unit.</source>
        <translation>设置由更新版本的 Second Unit 写入。</translation>
    </message>
    <message>
        <source>They were left as they are. Use that version, or move settings.json away.</source>
        <translation>设置保持原样。请使用该版本，或移走 settings.json。</translation>
    </message>
    <message>
        <source>This cannot become a preset.</source>
        <translation>无法存为预设。</translation>
    </message>
    <message>
        <source>Choose another name or file.</source>
        <translation>请换一个名称或文件。</translation>
    </message>
    <message>
        <source>The system&apos;s password store is missing, locked or does not answer.</source>
        <translation>系统密码库不存在、已锁定或没有响应。</translation>
    </message>
    <message>
        <source>Unlock it and try again; secrets are kept nowhere else.</source>
        <translation>请将它解锁后重试；密码不会保存在其他地方。</translation>
    </message>
    <message>
        <source>This could not be written.</source>
        <translation>无法写入。</translation>
    </message>
    <message>
        <source>What was there is untouched. Check the disk and try again.</source>
        <translation>原有内容未受影响。请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>A worker met a fault.</source>
        <translation>渲染进程遇到故障。</translation>
    </message>
    <message>
        <source>Try again; what was finished is kept.</source>
        <translation>请重试；已完成的内容会保留。</translation>
    </message>
    <message>
        <source>The video does not decode as it should.</source>
        <translation>视频解码不正常。</translation>
    </message>
    <message>
        <source>Check that it plays to its end; export it again if it does not.</source>
        <translation>请检查它能否播放到结尾；如果不能，请重新导出。</translation>
    </message>
    <message>
        <source>A stored piece is damaged; it was not used.</source>
        <translation>有一个已存储的片段损坏，没有使用。</translation>
    </message>
    <message>
        <source>Go on with the render; the piece is made again.</source>
        <translation>请继续渲染，该片段会重新生成。</translation>
    </message>
    <message>
        <source>A stored piece is missing.</source>
        <translation>缺少一个已存储的片段。</translation>
    </message>
    <message>
        <source>The store does not answer.</source>
        <translation>存储没有响应。</translation>
    </message>
    <message>
        <source>Check the disk or the network, then go on with the render.</source>
        <translation>请检查磁盘或网络，然后继续渲染。</translation>
    </message>
    <message>
        <source>The list of work does not answer.</source>
        <translation>任务列表没有响应。</translation>
    </message>
    <message>
        <source>A worker was too slow and another one took over its part.</source>
        <translation>有渲染进程过慢，其片段已由另一个接手。</translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>没有需要处理的内容。</translation>
    </message>
    <message>
        <source>The disk is full; what was finished is kept.</source>
        <translation>磁盘已满；已完成的内容会保留。</translation>
    </message>
    <message>
        <source>Free some space, then go on with the render.</source>
        <translation>请释放一些空间，然后继续渲染。</translation>
    </message>
    <message>
        <source>There is not enough memory.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>Use fewer workers at once, then go on with the render.</source>
        <translation>请减少同时运行的渲染进程，然后继续渲染。</translation>
    </message>
    <message>
        <source>The encoder does not take these settings.</source>
        <translation>编码器不支持这些设置。</translation>
    </message>
    <message>
        <source>Choose another format, quality or encoding speed.</source>
        <translation>请更换格式、画质或编码速度。</translation>
    </message>
    <message>
        <source>The engine could not render a frame.</source>
        <translation>引擎无法渲染某一帧。</translation>
    </message>
    <message>
        <source>This render was planned by another version of Second Unit.</source>
        <translation>这次渲染由其他版本的 Second Unit 规划。</translation>
    </message>
    <message>
        <source>Use that version, or render the video again.</source>
        <translation>请使用该版本，或重新渲染视频。</translation>
    </message>
    <message>
        <source>A worker could not begin.</source>
        <translation>渲染进程无法启动。</translation>
    </message>
    <message>
        <source>Start Second Unit again.</source>
        <translation>请重新启动 Second Unit。</translation>
    </message>
    <message>
        <source>The finished video could not be written.</source>
        <translation>无法写入成片。</translation>
    </message>
    <message>
        <source>Go on with the render; what was finished is kept.</source>
        <translation>请继续渲染；已完成的内容会保留。</translation>
    </message>
    <message>
        <source>A finished part is not what it should be.</source>
        <translation>有一个已完成的片段与预期不符。</translation>
    </message>
    <message>
        <source>Go on with the render; the part is made again.</source>
        <translation>请继续渲染，该片段会重新生成。</translation>
    </message>
    <message>
        <source>Second Unit made a mistake.</source>
        <translation>Second Unit 出错了。</translation>
    </message>
    <message>
        <source>What was finished is kept; try again. There is a report in the crashes folder.</source>
        <translation>已完成的内容会保留，请重试。崩溃报告文件夹中有一份报告。</translation>
    </message>
    <message>
        <source>A file cannot be used.</source>
        <translation>有一个文件无法使用。</translation>
    </message>
    <message>
        <source>Check the disk and the folder&apos;s rights, then go on with the render.</source>
        <translation>请检查磁盘和文件夹权限，然后继续渲染。</translation>
    </message>
    <message>
        <source>Another window or command has the queue.</source>
        <translation>队列正被另一个窗口或命令使用。</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>请将它关闭，然后重试。</translation>
    </message>
    <message>
        <source>This password cannot be kept: it is empty or too long.</source>
        <translation>无法保存这个密码：密码为空或过长。</translation>
    </message>
    <message>
        <source>Enter it again.</source>
        <translation>请重新输入。</translation>
    </message>
    <message>
        <source>Another file took the place of this video, so nobody is cast in it any more.</source>
        <translation>这个视频已被另一个文件取代，因此其中不再指定任何人脸。</translation>
    </message>
    <message>
        <source>Check who is in it and cast them, then render.</source>
        <translation>请查看其中的人物并指定人脸，然后渲染。</translation>
    </message>
    <message>
        <source>What was to happen when the queue is done could not be done.</source>
        <translation>队列完成后的操作未能执行。</translation>
    </message>
    <message>
        <source>Your videos are done. Look at the setting for when the queue is done.</source>
        <translation>视频已完成。请检查“队列完成时”的设置。</translation>
    </message>
    <message>
        <source>A worker could not be started.</source>
        <translation>无法启动渲染进程。</translation>
    </message>
    <message>
        <source>Free some memory and disk space, then go on with the render.</source>
        <translation>请释放一些内存和磁盘空间，然后继续渲染。</translation>
    </message>
    <message>
        <source>The workers keep going away, so the render stopped.</source>
        <translation>渲染进程反复退出，渲染已停止。</translation>
    </message>
    <message>
        <source>The line to an instance broke; its work goes on.</source>
        <translation>与一个实例的连接已断开，其工作会继续。</translation>
    </message>
    <message>
        <source>It is laid again by itself.</source>
        <translation>连接会自动恢复。</translation>
    </message>
    <message>
        <source>What answers is not the instance that was launched; nothing was sent there.</source>
        <translation>应答的不是启动的那个实例，没有向它发送任何内容。</translation>
    </message>
    <message>
        <source>The instance is given up and another one is asked for.</source>
        <translation>该实例将被放弃，并请求另一个。</translation>
    </message>
    <message>
        <source>What runs on an instance is another worker than this app&apos;s.</source>
        <translation>实例上运行的渲染进程与此应用的不一致。</translation>
    </message>
    <message>
        <source>Nobody is signed in to AWS, or the sign-in does not work.</source>
        <translation>没有登录 AWS，或登录无效。</translation>
    </message>
    <message>
        <source>Sign in under Settings, AWS, then go on: nothing is lost.</source>
        <translation>请在“设置”的“AWS”页中登录，然后继续；不会丢失任何内容。</translation>
    </message>
    <message>
        <source>The sign-in to AWS is over.</source>
        <translation>AWS 登录已过期。</translation>
    </message>
    <message>
        <source>Sign in again, then go on: nothing is lost.</source>
        <translation>请重新登录，然后继续；不会丢失任何内容。</translation>
    </message>
    <message>
        <source>The sign-in to AWS may not do everything that is needed.</source>
        <translation>此 AWS 登录没有所需的全部权限。</translation>
    </message>
    <message>
        <source>The wizard under Settings, AWS, names what is missing and copies the policy.</source>
        <translation>“设置”的“AWS”页中的向导会列出缺少的权限，并可复制所需的策略。</translation>
    </message>
    <message>
        <source>The account may not have so many GPU instances.</source>
        <translation>此账户不能拥有这么多 GPU 实例。</translation>
    </message>
    <message>
        <source>Ask AWS for more in the wizard under Settings, AWS, or use fewer instances.</source>
        <translation>请在“设置”的“AWS”页的向导中向 AWS 申请更多，或减少实例数。</translation>
    </message>
    <message>
        <source>AWS has no GPU instance to give now.</source>
        <translation>AWS 目前没有可用的 GPU 实例。</translation>
    </message>
    <message>
        <source>Try again later, allow on-demand instances, or choose another region.</source>
        <translation>请稍后重试、允许使用按需实例，或选择其他区域。</translation>
    </message>
    <message>
        <source>AWS wants to be asked less often.</source>
        <translation>AWS 要求降低请求频率。</translation>
    </message>
    <message>
        <source>Wait a minute, then try again.</source>
        <translation>请等待一分钟，然后重试。</translation>
    </message>
    <message>
        <source>AWS does not answer.</source>
        <translation>AWS 没有响应。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s network. What runs there goes on.</source>
        <translation>请检查这台电脑的网络；在 AWS 上运行的内容会继续。</translation>
    </message>
    <message>
        <source>AWS refuses what was asked of it.</source>
        <translation>AWS 拒绝了请求。</translation>
    </message>
    <message>
        <source>Look at the account under Settings, AWS, then try again.</source>
        <translation>请在“设置”的“AWS”页中检查账户，然后重试。</translation>
    </message>
    <message>
        <source>The budget does not pay for another instance.</source>
        <translation>预算不足以再使用一个实例。</translation>
    </message>
    <message>
        <source>Raise it and render again: what is finished is kept.</source>
        <translation>请提高预算后重新渲染；已完成的内容会保留。</translation>
    </message>
    <message>
        <source>What instances need could not be fetched.</source>
        <translation>无法获取实例所需的内容。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s network, then try again.</source>
        <translation>请检查这台电脑的网络，然后重试。</translation>
    </message>
</context>
<context>
    <name>FaceCard</name>
    <message>
        <source>{0} photos</source>
        <translation>{0} 张照片</translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 张照片</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>The photos are missing or were changed. Add them again.</source>
        <translation>照片缺失或已被更改，请重新添加。</translation>
    </message>
    <message>
        <source>Draft: consent is missing</source>
        <translation>草稿：缺少同意声明</translation>
    </message>
    <message>
        <source>Consent: {0}, {1}, {2}</source>
        <translation>同意声明：{0}，{1}，{2}</translation>
    </message>
</context>
<context>
    <name>FaceIntake</name>
    <message>
        <source>Choose photos of one person</source>
        <translation>选择同一个人的照片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
</context>
<context>
    <name>FaceList</name>
    <message>
        <source>{0} – consent is missing</source>
        <translation>{0} · 缺少同意声明</translation>
    </message>
    <message>
        <source>{0} – the photos are missing</source>
        <translation>{0} · 缺少照片</translation>
    </message>
</context>
<context>
    <name>FacePage</name>
    <message>
        <source>Checking the photos…</source>
        <translation>正在检查照片…</translation>
    </message>
    <message>
        <source>Photo {0}</source>
        <translation>照片 {0}</translation>
    </message>
    <message>
        <source>Remove this photo</source>
        <translation>移除这张照片</translation>
    </message>
    <message>
        <source>Remove photo {0}</source>
        <translation>移除照片 {0}</translation>
    </message>
    <message>
        <source>Consent was stated.</source>
        <translation>已填写同意声明。</translation>
    </message>
    <message>
        <source>“{0}”</source>
        <translation>“{0}”</translation>
    </message>
    <message>
        <source>Recorded in English: “{0}”</source>
        <translation>以英文存档：“{0}”</translation>
    </message>
    <message>
        <source>Stated by {0} on {1}.</source>
        <translation>由 {0} 于 {1} 声明。</translation>
    </message>
    <message>
        <source>Note: {0}</source>
        <translation>备注：{0}</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>添加照片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Keeping the statement…</source>
        <translation>正在保存声明…</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>全部人脸</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>此人的姓名</translation>
    </message>
    <message>
        <source>Remove face…</source>
        <translation>移除人脸…</translation>
    </message>
    <message>
        <source>Two or three photos, from the front and half from the side, look best.</source>
        <translation>两三张正面和半侧面的照片效果最好。</translation>
    </message>
    <message>
        <source>Add photos…</source>
        <translation>添加照片…</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意声明</translation>
    </message>
    <message>
        <source>This face is a draft. It can be used once consent is stated.</source>
        <translation>这张人脸还是草稿，填写同意声明后即可使用。</translation>
    </message>
    <message>
        <source>State consent</source>
        <translation>填写同意声明</translation>
    </message>
    <message>
        <source>State it anew…</source>
        <translation>重新声明…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>FacePicker</name>
    <message>
        <source>There is no face yet. Choose a photo to add one.</source>
        <translation>还没有人脸。请选择一张照片来添加。</translation>
    </message>
    <message>
        <source>No face is called so.</source>
        <translation>没有这个名称的人脸。</translation>
    </message>
    <message>
        <source>Choose a face</source>
        <translation>选择人脸</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>按名称搜索</translation>
    </message>
    <message>
        <source>Search faces by name</source>
        <translation>按名称搜索人脸</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Choose a photo…</source>
        <translation>选择照片…</translation>
    </message>
    <message>
        <source>All faces…</source>
        <translation>全部人脸…</translation>
    </message>
    <message>
        <source>Keep this person&apos;s own face</source>
        <translation>保留原来的人脸</translation>
    </message>
</context>
<context>
    <name>FacesDialog</name>
    <message>
        <source>Source faces</source>
        <translation>素材人脸</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>按名称搜索</translation>
    </message>
    <message>
        <source>Search faces by name</source>
        <translation>按名称搜索人脸</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Add a photo from the clipboard</source>
        <translation>从剪贴板添加照片</translation>
    </message>
    <message>
        <source>Add face…</source>
        <translation>添加人脸…</translation>
    </message>
    <message>
        <source>No faces yet</source>
        <translation>还没有人脸</translation>
    </message>
    <message>
        <source>Drop a photo of the face that is to be put into a video. One clear photo from the front is enough; more make it better.</source>
        <translation>拖入一张要用于视频的人脸照片。一张清晰的正面照片就够了，多几张效果更好。</translation>
    </message>
    <message>
        <source>Choose a photo…</source>
        <translation>选择照片…</translation>
    </message>
    <message>
        <source>Choose photos of one person</source>
        <translation>选择同一个人的照片</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Remove face</source>
        <translation>移除人脸</translation>
    </message>
    <message>
        <source>{0} is used by a video that is being rendered or waits.</source>
        <translation>正在渲染或排队的视频用到了“{0}”。</translation>
    </message>
    <message>
        <source>Take the video out of the line first, then remove the face.</source>
        <translation>请先取消该视频的排队，再移除人脸。</translation>
    </message>
    <message>
        <source>Remove {0} and all its photos?</source>
        <translation>移除“{0}”及其所有照片？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The photos and the consent are deleted from this computer for good.</source>
        <translation>照片和同意声明将从这台电脑上永久删除。</translation>
    </message>
    <message>
        <source>It is used in {0}, where nobody will be cast any more.</source>
        <translation>它用于 {0}，移除后这些视频中的相应人物将不再换脸。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
</context>
<context>
    <name>FaultDialog</name>
    <message>
        <source>Second Unit made a mistake</source>
        <translation>Second Unit 出错了</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Your queue and everything that was rendered are safe.</source>
        <translation>队列和所有已渲染的内容都安然无恙。</translation>
    </message>
    <message>
        <source>The report below was written to {0}.</source>
        <translation>下面的报告已写入 {0}。</translation>
    </message>
    <message numerus="yes">
        <source>It happened %n more time(s).</source>
        <translation>
            <numerusform>又发生了 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>FilterStrip</name>
    <message>
        <source>Find a video</source>
        <translation>查找视频</translation>
    </message>
    <message>
        <source>Find a video by its name</source>
        <translation>按名称查找视频</translation>
    </message>
    <message>
        <source>Which videos are listed</source>
        <translation>筛选列出的视频</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>有问题</translation>
    </message>
</context>
<context>
    <name>FindCommand</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>输入想要执行的操作</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>FolderRow</name>
    <message>
        <source>Beside the video</source>
        <translation>与视频相同的文件夹</translation>
    </message>
    <message>
        <source>They differ</source>
        <translation>各不相同</translation>
    </message>
    <message>
        <source>{0}: choose another one</source>
        <translation>{0}：选择其他文件夹</translation>
    </message>
    <message>
        <source>Folder for finished videos</source>
        <translation>成片的文件夹</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>Beside each video</source>
        <translation>与各视频相同的文件夹</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Only what a first video needs</source>
        <translation>只显示制作第一个视频所需的内容</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the folder for finished videos</source>
        <translation>选择成片的文件夹</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Simple view</source>
        <translation>简洁视图</translation>
    </message>
    <message>
        <source>The full view has every control.</source>
        <translation>完整视图包含所有控件。</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>渲染进程</translation>
    </message>
    <message>
        <source>How many parts are rendered at once. More are faster only while processors and memory are free.</source>
        <translation>同时渲染的片段数。只有在处理器和内存有余量时，数量越多才越快。</translation>
    </message>
    <message>
        <source>Finished videos</source>
        <translation>成片</translation>
    </message>
    <message>
        <source>For videos added from now on.</source>
        <translation>适用于之后添加的视频。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Automatic ({0})</source>
        <translation>自动（{0}）</translation>
    </message>
    <message>
        <source>Nothing can be written in this folder now. Is its disk connected?</source>
        <translation>目前无法写入这个文件夹。它所在的磁盘连接了吗？</translation>
    </message>
</context>
<context>
    <name>GuideDialog</name>
    <message>
        <source>Two-minute guide</source>
        <translation>两分钟上手</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>Engines</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Media library</source>
        <translation>媒体库</translation>
    </message>
    <message>
        <source>Graphics card encoders</source>
        <translation>显卡编码器</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Python {0} on {1}</source>
        <translation>Python {0}，{1}</translation>
    </message>
    <message>
        <source>{0} processors, {1} GiB of memory</source>
        <translation>{0} 个处理器，{1} GiB 内存</translation>
    </message>
    <message>
        <source>{0}, {1} GiB free</source>
        <translation>{0}，可用 {1} GiB</translation>
    </message>
    <message>
        <source>whole, licence {0}</source>
        <translation>完好，许可 {0}</translation>
    </message>
    <message>
        <source>missing, licence {0}</source>
        <translation>缺少，许可 {0}</translation>
    </message>
    <message>
        <source>damaged, licence {0}</source>
        <translation>已损坏，许可 {0}</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>no NVIDIA encoder here; videos are encoded on the processor</source>
        <translation>没有 NVIDIA 编码器，视频由处理器编码</translation>
    </message>
    <message>
        <source>run “{0}” in the program&apos;s folder</source>
        <translation>请在程序文件夹中运行“{0}”</translation>
    </message>
    <message>
        <source>free some space, or set SECONDUNIT_HOME</source>
        <translation>请释放一些空间，或设置 SECONDUNIT_HOME</translation>
    </message>
    <message>
        <source>Model {0}</source>
        <translation>模型 {0}</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>The face is small in this photo. A larger one shows more.</source>
        <translation>这张照片中的人脸偏小，更大的人脸细节更多。</translation>
    </message>
    <message>
        <source>The face is dark. A photo in better light looks better.</source>
        <translation>人脸偏暗，光线更好的照片效果更好。</translation>
    </message>
    <message>
        <source>The face is overexposed. A darker photo shows more.</source>
        <translation>人脸过曝，暗一些的照片细节更多。</translation>
    </message>
    <message>
        <source>The face has hardly any contrast.</source>
        <translation>人脸几乎没有明暗对比。</translation>
    </message>
    <message>
        <source>The face is blurred. A sharper photo looks better.</source>
        <translation>人脸模糊，更清晰的照片效果更好。</translation>
    </message>
    <message>
        <source>The face is turned away. A photo from the front looks better.</source>
        <translation>人脸侧转，正面的照片效果更好。</translation>
    </message>
    <message>
        <source>There are several faces. The largest one is taken.</source>
        <translation>照片中有多张人脸，将使用最大的一张。</translation>
    </message>
    <message>
        <source>Small</source>
        <translation>偏小</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>偏暗</translation>
    </message>
    <message>
        <source>Overexposed</source>
        <translation>过曝</translation>
    </message>
    <message>
        <source>Little contrast</source>
        <translation>对比度低</translation>
    </message>
    <message>
        <source>Blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Turned away</source>
        <translation>侧转</translation>
    </message>
    <message>
        <source>Several faces</source>
        <translation>多张人脸</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>This video is being rendered. What is finished is kept, and used again where it still fits.</source>
        <translation>这个视频正在渲染。已完成的内容会保留，仍然适用的部分将再次使用。</translation>
    </message>
    <message>
        <source>This video waits for its turn, so its settings are fixed.</source>
        <translation>这个视频正在排队，因此设置已锁定。</translation>
    </message>
    <message>
        <source>Stop rendering to change it</source>
        <translation>停止渲染以便更改</translation>
    </message>
    <message>
        <source>Take it out of the line to change it</source>
        <translation>取消排队以便更改</translation>
    </message>
    <message>
        <source>This video is looked at soon: who is in it?</source>
        <translation>即将识别这个视频：其中有谁？</translation>
    </message>
    <message>
        <source>Reading the video…</source>
        <translation>正在读取视频…</translation>
    </message>
    <message>
        <source>Finding out who is in it…</source>
        <translation>正在识别其中的人物…</translation>
    </message>
    <message>
        <source>Checking the content…</source>
        <translation>正在检查内容…</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>All settings</source>
        <translation>全部设置</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>精简设置</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>未选择任何内容。</translation>
    </message>
    <message>
        <source>Select a video in the queue to say who is replaced by whom.</source>
        <translation>在队列中选择一个视频，指定谁换成谁的人脸。</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>再次渲染</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Render {0}</source>
        <translation>渲染 {0}</translation>
    </message>
    <message>
        <source>Render: {0}</source>
        <translation>渲染：{0}</translation>
    </message>
    <message>
        <source>Show all settings, or fewer</source>
        <translation>显示全部设置或精简设置</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Look</source>
        <translation>效果</translation>
    </message>
    <message>
        <source>Set the whole look back</source>
        <translation>将全部效果恢复为默认值</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Opening your queue…</source>
        <translation>正在打开队列…</translation>
    </message>
    <message>
        <source>Videos ({0});;All files (*)</source>
        <translation>视频 ({0});;所有文件 (*)</translation>
    </message>
    <message>
        <source>Add videos</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>Add a folder of videos</source>
        <translation>添加视频文件夹</translation>
    </message>
    <message numerus="yes">
        <source>{0} and %n other(s) cannot be used.</source>
        <translation>
            <numerusform>{0} 和其他 %n 个文件无法使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} cannot be used.</source>
        <translation>{0} 无法使用。</translation>
    </message>
    <message>
        <source>Drop videos, folders of videos, or photos.</source>
        <translation>请拖入视频、视频文件夹或照片。</translation>
    </message>
    <message>
        <source>There are no videos in this folder.</source>
        <translation>这个文件夹中没有视频。</translation>
    </message>
    <message>
        <source>Second Unit looks for files such as .mp4, .mov and .mkv.</source>
        <translation>Second Unit 支持 .mp4、.mov、.mkv 等文件。</translation>
    </message>
</context>
<context>
    <name>Money</name>
    <message>
        <source>less than {0}</source>
        <translation>不到 {0}</translation>
    </message>
    <message>
        <source>{0}–{1}</source>
        <translation>{0}–{1}</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>每小时 {0}</translation>
    </message>
    <message>
        <source>${0}</source>
        <translation>${0}</translation>
    </message>
</context>
<context>
    <name>NameRow</name>
    <message>
        <source>A file name cannot hold {0}</source>
        <translation>文件名不能包含 {0}</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Notices</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>关闭此通知</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>The folder could not be opened.</source>
        <translation>无法打开文件夹。</translation>
    </message>
</context>
<context>
    <name>Output</name>
    <message>
        <source>H.264 – plays everywhere</source>
        <translation>H.264 · 兼容性最好</translation>
    </message>
    <message>
        <source>H.265 – smaller files</source>
        <translation>H.265 · 文件较小</translation>
    </message>
    <message>
        <source>AV1 – smallest files, slow</source>
        <translation>AV1 · 文件最小，编码慢</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>{0} on the graphics card</source>
        <translation>{0}（显卡编码）</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0} · {1}</translation>
    </message>
</context>
<context>
    <name>OutputSection</name>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Kind of file</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>画质</translation>
    </message>
    <message>
        <source>Better quality makes larger files.</source>
        <translation>画质越高，文件越大。</translation>
    </message>
    <message>
        <source>Encoding speed</source>
        <translation>编码速度</translation>
    </message>
    <message>
        <source>Slower speeds make smaller files of one quality.</source>
        <translation>画质相同时，速度越慢，文件越小。</translation>
    </message>
    <message>
        <source>Encode on the graphics card</source>
        <translation>使用显卡编码</translation>
    </message>
    <message>
        <source>Faster, but the same settings make other bytes on another machine.</source>
        <translation>更快，但相同的设置在另一台电脑上会产生不同的文件内容。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>QuickTime files cannot hold AV1.</source>
        <translation>QuickTime 文件不支持 AV1。</translation>
    </message>
    <message>
        <source>{0} (usual)</source>
        <translation>{0}（默认）</translation>
    </message>
</context>
<context>
    <name>PasswordsPage</name>
    <message>
        <source>Passwords</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Passwords and keys are kept in the password store of your system, never in a file of the app. The app needs none to render on this computer.</source>
        <translation>密码和密钥保存在系统密码库中，绝不写入应用的文件。在本机渲染不需要任何密码。</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>重新测试</translation>
    </message>
    <message>
        <source>The password store is being tested</source>
        <translation>正在测试密码库</translation>
    </message>
    <message>
        <source>Trying the password store…</source>
        <translation>正在测试密码库…</translation>
    </message>
    <message>
        <source>Until then passwords are kept in memory until the app ends.</source>
        <translation>在此之前，密码只保留在内存中，直到应用退出。</translation>
    </message>
    <message>
        <source>Passwords are kept in the {0}.</source>
        <translation>密码保存在 {0} 中。</translation>
    </message>
    <message>
        <source>A test password was written, read and deleted.</source>
        <translation>已成功写入、读取并删除一个测试密码。</translation>
    </message>
    <message>
        <source>This system has no password store.</source>
        <translation>此系统没有密码库。</translation>
    </message>
    <message>
        <source>Passwords are kept in memory until the app ends. On Linux, GNOME Keyring or KWallet provides a store.</source>
        <translation>密码只保留在内存中，直到应用退出。在 Linux 上，GNOME Keyring 或 KWallet 可提供密码库。</translation>
    </message>
    <message>
        <source>Unlock it, or look for a window that asks for its password.</source>
        <translation>请将它解锁，或查看是否有窗口正在询问其密码。</translation>
    </message>
    <message>
        <source>The password store is locked or does not answer.</source>
        <translation>密码库已锁定或没有响应。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>The password store {0} does not protect what it keeps.</source>
        <translation>密码库 {0} 不保护其中的内容。</translation>
    </message>
    <message>
        <source>The password store does not work.</source>
        <translation>密码库无法正常工作。</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Person {0}</source>
        <translation>人物 {0}</translation>
    </message>
</context>
<context>
    <name>PersonCard</name>
    <message>
        <source>Unsure faces</source>
        <translation>待确认的人脸</translation>
    </message>
    <message>
        <source>{0} on screen</source>
        <translation>出场 {0}</translation>
    </message>
    <message>
        <source>Drop a photo, or choose a face</source>
        <translation>拖入照片，或选择人脸</translation>
    </message>
    <message>
        <source>In {0} nothing can be changed now: they are in the line.</source>
        <translation>{0}正在排队或渲染，现在无法更改。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more video(s)</source>
        <translation>
            <numerusform>还有 %n 个视频</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Choose {0}, to join people</source>
        <translation>选择“{0}”以便合并</translation>
    </message>
    <message>
        <source>Choose several people to join them</source>
        <translation>选择多个人物即可合并</translation>
    </message>
    <message>
        <source>Name of {0}</source>
        <translation>“{0}”的名称</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>“{0}”的更多操作</translation>
    </message>
    <message>
        <source>Previous picture of {0}</source>
        <translation>“{0}”的上一张图片</translation>
    </message>
    <message>
        <source>Next picture of {0}</source>
        <translation>“{0}”的下一张图片</translation>
    </message>
    <message>
        <source>Too small, turned or blurred to say who it is. Join them with a person if you can tell.</source>
        <translation>人脸过小、侧转或模糊，无法判断是谁。如果你认得出，可以将它们与某个人物合并。</translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>Unsure faces</source>
        <translation>待确认的人脸</translation>
    </message>
    <message>
        <source>{0} on screen</source>
        <translation>出场 {0}</translation>
    </message>
    <message>
        <source>{0} on screen. Too small, turned or blurred to say who it is, so nobody can be put on them. On the cast board they can be joined with a person.</source>
        <translation>出场 {0}。人脸过小、侧转或模糊，无法判断是谁，因此不能换脸。可在“人物总览”中将其与某个人物合并。</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Go to where {0} is seen first</source>
        <translation>转到“{0}”首次出场的位置</translation>
    </message>
    <message>
        <source>Keep the own face of {0}</source>
        <translation>保留“{0}”原来的人脸</translation>
    </message>
    <message>
        <source>Drop a photo, or choose a face</source>
        <translation>拖入照片，或选择人脸</translation>
    </message>
    <message>
        <source>Face for {0}: {1}</source>
        <translation>“{0}”的人脸：{1}</translation>
    </message>
</context>
<context>
    <name>PersonThumb</name>
    <message>
        <source>{0}, {1} on screen</source>
        <translation>{0}，出场 {1}</translation>
    </message>
    <message>
        <source>{0}, gets the face of {1}</source>
        <translation>{0}，换成“{1}”的人脸</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Faces: {0}.</source>
        <translation>人脸：{0}。</translation>
    </message>
    <message>
        <source>On the face of {0}; Enter picks it.</source>
        <translation>当前位于“{0}”的人脸上，按 Enter 键选中。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Making the preview…</source>
        <translation>正在生成预览…</translation>
    </message>
    <message>
        <source>Face not found on this frame</source>
        <translation>这一帧没有找到人脸</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>Showing this part of the video ended the preview.</source>
        <translation>显示视频的这一部分时，预览意外结束。</translation>
    </message>
    <message>
        <source>The app is unharmed. Try another frame, or re-export the video.</source>
        <translation>应用不受影响。请换一帧，或重新导出视频。</translation>
    </message>
    <message>
        <source>Showing this part of the video took far longer than it should.</source>
        <translation>显示视频的这一部分用时过长。</translation>
    </message>
    <message>
        <source>Try another frame, or re-export the video.</source>
        <translation>请换一帧，或重新导出视频。</translation>
    </message>
    <message>
        <source>Showing this video needs more memory than the preview may take.</source>
        <translation>显示这个视频所需的内存超出预览的限制。</translation>
    </message>
    <message>
        <source>Close other programs, or re-export the video at a smaller size.</source>
        <translation>请关闭其他程序，或以较小的尺寸重新导出视频。</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Best quality</source>
        <translation>最佳画质</translation>
    </message>
    <message>
        <source>Small file</source>
        <translation>小文件</translation>
    </message>
    <message>
        <source>Fast draft</source>
        <translation>快速草稿</translation>
    </message>
    <message>
        <source>Archive (MKV, H.265)</source>
        <translation>存档（MKV、H.265）</translation>
    </message>
</context>
<context>
    <name>PresetsRow</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>自定义设置</translation>
    </message>
    <message>
        <source>Save, import and export presets</source>
        <translation>保存、导入和导出预设</translation>
    </message>
    <message>
        <source>Save as a preset…</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Export this preset…</source>
        <translation>导出此预设…</translation>
    </message>
    <message>
        <source>Remove this preset</source>
        <translation>移除此预设</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Name of the preset:</source>
        <translation>预设名称：</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>Presets ({0})</source>
        <translation>预设 ({0})</translation>
    </message>
    <message>
        <source>Export preset</source>
        <translation>导出预设</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Show the report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>Second Unit ended unexpectedly the last time.</source>
        <translation>Second Unit 上次意外结束。</translation>
    </message>
    <message>
        <source>Your queue is as you left it, and what was being rendered goes on by itself.</source>
        <translation>队列保持原样，正在渲染的内容会自动继续。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The demo’s video is being made.</source>
        <translation>正在制作演示视频。</translation>
    </message>
    <message>
        <source>It takes half a minute.</source>
        <translation>大约需要半分钟。</translation>
    </message>
</context>
<context>
    <name>ProofSheet</name>
    <message>
        <source>{0} of {1} drawn</source>
        <translation>已绘制 {0}/{1}</translation>
    </message>
    <message>
        <source>Hardest frames</source>
        <translation>难点画面</translation>
    </message>
    <message>
        <source>Back to the picture</source>
        <translation>返回画面</translation>
    </message>
    <message>
        <source>There is nothing hard to show: nobody who has another face is in this video.</source>
        <translation>没有难点画面可显示：这个视频中没有要换脸的人物。</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Could not be drawn</source>
        <translation>无法绘制</translation>
    </message>
    <message>
        <source>Waiting…</source>
        <translation>等待中…</translation>
    </message>
</context>
<context>
    <name>QualityRow</name>
    <message>
        <source>They differ</source>
        <translation>各不相同</translation>
    </message>
    <message>
        <source>{0} as the encoder&apos;s number</source>
        <translation>{0}的编码器数值</translation>
    </message>
    <message>
        <source>Lower numbers are better and larger.</source>
        <translation>数值越小，画质越好，文件越大。</translation>
    </message>
</context>
<context>
    <name>QueueHeader</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Add videos…</source>
        <translation>添加视频…</translation>
    </message>
    <message>
        <source>Add videos</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop after this video</source>
        <translation>完成当前视频后停止</translation>
    </message>
    <message>
        <source>Stop now, keep what is finished</source>
        <translation>立即停止，保留已完成部分</translation>
    </message>
    <message>
        <source>When the queue is done</source>
        <translation>队列完成时</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>不执行任何操作</translation>
    </message>
    <message>
        <source>Notify me</source>
        <translation>通知我</translation>
    </message>
    <message>
        <source>Put the computer to sleep</source>
        <translation>让电脑睡眠</translation>
    </message>
    <message>
        <source>Run my command</source>
        <translation>运行我的命令</translation>
    </message>
    <message>
        <source>Render {0}</source>
        <translation>渲染 {0}</translation>
    </message>
    <message>
        <source>Pause after this piece</source>
        <translation>完成当前片段后暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on after this video</source>
        <translation>完成当前视频后不停止</translation>
    </message>
    <message>
        <source>Finishing the piece…</source>
        <translation>正在完成当前片段…</translation>
    </message>
    <message>
        <source>Render all</source>
        <translation>全部渲染</translation>
    </message>
    <message>
        <source>Render every video in which somebody is cast.</source>
        <translation>渲染所有已指定人脸的视频。</translation>
    </message>
    <message>
        <source>Finish the piece in hand, then rest. Nothing is lost.</source>
        <translation>完成当前片段后暂停，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>Go on where the queue was paused.</source>
        <translation>从队列暂停的位置继续。</translation>
    </message>
    <message>
        <source>The queue stops after this video. Press to have it go on.</source>
        <translation>队列将在完成当前视频后停止。点击可让它继续。</translation>
    </message>
    <message>
        <source>The piece in hand is being finished; then the queue rests.</source>
        <translation>正在完成当前片段，随后队列暂停。</translation>
    </message>
    <message>
        <source>Cast a face in a video, and it can be rendered.</source>
        <translation>在视频中指定人脸后，即可渲染。</translation>
    </message>
    <message>
        <source>{0} – paused</source>
        <translation>{0} · 已暂停</translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>When done: do nothing</source>
        <translation>完成后：不操作</translation>
    </message>
    <message>
        <source>When done: notify me</source>
        <translation>完成后：通知我</translation>
    </message>
    <message>
        <source>When done: sleep</source>
        <translation>完成后：睡眠</translation>
    </message>
    <message>
        <source>When done: run my command</source>
        <translation>完成后：运行命令</translation>
    </message>
</context>
<context>
    <name>QueueMenu</name>
    <message>
        <source>Go on with the render</source>
        <translation>继续渲染</translation>
    </message>
    <message>
        <source>Play the finished video</source>
        <translation>播放成片</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>渲染</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>再次渲染</translation>
    </message>
    <message>
        <source>Stop after this video</source>
        <translation>完成当前视频后停止</translation>
    </message>
    <message>
        <source>Stop now, keep what is finished</source>
        <translation>立即停止，保留已完成部分</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Duplicate with its settings</source>
        <translation>连同设置创建副本</translation>
    </message>
    <message>
        <source>Rename the output…</source>
        <translation>重命名输出文件…</translation>
    </message>
    <message>
        <source>Move to the top</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move to the bottom</source>
        <translation>移到最后</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy what went wrong</source>
        <translation>复制错误信息</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Presets…</source>
        <translation>预设…</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Opening the queue…</source>
        <translation>正在打开队列…</translation>
    </message>
    <message>
        <source>No videos yet</source>
        <translation>还没有视频</translation>
    </message>
    <message>
        <source>Drop videos anywhere on this window, or choose them from a folder.</source>
        <translation>将视频拖到窗口任意位置，或从文件夹中选择。</translation>
    </message>
    <message>
        <source>Add videos…</source>
        <translation>添加视频…</translation>
    </message>
    <message>
        <source>No video fits</source>
        <translation>没有符合条件的视频</translation>
    </message>
    <message>
        <source>The queue has videos, but none that the filter shows.</source>
        <translation>队列中有视频，但都不符合筛选条件。</translation>
    </message>
    <message>
        <source>Show all videos</source>
        <translation>显示全部视频</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Files that are no videos were left out: {0}</source>
        <translation>已忽略非视频文件：{0}</translation>
    </message>
    <message>
        <source>There is no video in what was dropped.</source>
        <translation>拖入的内容中没有视频。</translation>
    </message>
    <message>
        <source>Drop videos, or folders with videos in them.</source>
        <translation>请拖入视频，或含有视频的文件夹。</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Videos of the queue</source>
        <translation>队列中的视频</translation>
    </message>
</context>
<context>
    <name>QuotaStep</name>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>AWS limits how many GPU spot instances an account may have at a time. New accounts begin with none; the first ones are usually granted within hours to three days, after a request that says what they are for.</source>
        <translation>AWS 限制每个账户同时拥有的 GPU 竞价实例数。新账户起初没有额度；提交说明用途的申请后，首批额度通常在数小时到三天内批准。</translation>
    </message>
    <message>
        <source>Instances side by side</source>
        <translation>并行实例数</translation>
    </message>
    <message>
        <source>Ask AWS for more</source>
        <translation>向 AWS 申请更多</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Should AWS ask what they are for, this answers it truthfully:</source>
        <translation>如果 AWS 询问用途，可以如实这样回答：</translation>
    </message>
    <message>
        <source>This account may have 1 GPU instance at a time in {0}.</source>
        <translation>此账户在 {0} 可同时拥有 1 个 GPU 实例。</translation>
    </message>
    <message>
        <source>This account may have {1} GPU instances at a time in {0}.</source>
        <translation>此账户在 {0} 可同时拥有 {1} 个 GPU 实例。</translation>
    </message>
    <message>
        <source>This account may have no GPU instance in {0} yet.</source>
        <translation>此账户在 {0} 还不能使用 GPU 实例。</translation>
    </message>
    <message>
        <source>AWS is looking at your request.</source>
        <translation>AWS 正在处理你的申请。</translation>
    </message>
    <message>
        <source>AWS opened a support case for your request; answer it there.</source>
        <translation>AWS 为你的申请开启了支持工单，请在其中答复。</translation>
    </message>
    <message>
        <source>AWS approved your request.</source>
        <translation>AWS 已批准你的申请。</translation>
    </message>
    <message>
        <source>AWS denied your request; ask for fewer, or write to its support.</source>
        <translation>AWS 拒绝了你的申请；请减少数量，或联系其支持部门。</translation>
    </message>
    <message>
        <source>The support case of your request is closed; look there.</source>
        <translation>你的申请的支持工单已关闭，请前往查看。</translation>
    </message>
    <message>
        <source>AWS did not approve your request; look at the support case.</source>
        <translation>AWS 没有批准你的申请，请查看支持工单。</translation>
    </message>
    <message>
        <source>Your request: {0}.</source>
        <translation>你的申请：{0}。</translation>
    </message>
    <message>
        <source>AWS has your request. It goes on by itself from here.</source>
        <translation>AWS 已收到你的申请，之后会自动进行。</translation>
    </message>
</context>
<context>
    <name>QuoteLine</name>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>Asking AWS what it costs…</source>
        <translation>正在向 AWS 询价…</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename the output</source>
        <translation>重命名输出文件</translation>
    </message>
    <message>
        <source>Name of the finished video of “{0}”, without its ending:</source>
        <translation>“{0}”的成片名称，不含扩展名：</translation>
    </message>
    <message>
        <source>A file name cannot have any of &lt; &gt; : &quot; / \ | ? *</source>
        <translation>文件名不能包含 &lt; &gt; : &quot; / \ | ? *</translation>
    </message>
    <message>
        <source>Windows keeps this name for a device.</source>
        <translation>这个名称是 Windows 的保留设备名。</translation>
    </message>
    <message>
        <source>A file name cannot end in a full stop.</source>
        <translation>文件名不能以句点结尾。</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>这个名称太长。</translation>
    </message>
</context>
<context>
    <name>Render</name>
    <message>
        <source>Choose a video first</source>
        <translation>请先选择视频</translation>
    </message>
    <message>
        <source>Still looking at the video</source>
        <translation>仍在识别这个视频</translation>
    </message>
    <message>
        <source>This video cannot be rendered</source>
        <translation>这个视频无法渲染</translation>
    </message>
    <message>
        <source>It is in the line already</source>
        <translation>已在排队</translation>
    </message>
    <message>
        <source>There is nobody to replace</source>
        <translation>没有可换脸的人物</translation>
    </message>
    <message>
        <source>Choose a face first</source>
        <translation>请先选择人脸</translation>
    </message>
    <message>
        <source>Choose another face: one was removed</source>
        <translation>请另选人脸：原人脸已移除</translation>
    </message>
    <message>
        <source>Add the photos of {0} again</source>
        <translation>请重新添加“{0}”的照片</translation>
    </message>
    <message>
        <source>Say who agreed to {0}&apos;s face</source>
        <translation>请填写“{0}”的同意声明</translation>
    </message>
    <message>
        <source>Choose a face in every video</source>
        <translation>请为每个视频选择人脸</translation>
    </message>
</context>
<context>
    <name>Row</name>
    <message>
        <source>Back to the usual: {0}</source>
        <translation>恢复默认值：{0}</translation>
    </message>
    <message>
        <source>Reset “{0}” to its default</source>
        <translation>将“{0}”恢复为默认值</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Match the light</source>
        <translation>匹配光线</translation>
    </message>
    <message>
        <source>Keep the eyes</source>
        <translation>保留眼睛</translation>
    </message>
    <message>
        <source>Keep teeth and tongue</source>
        <translation>保留牙齿和舌头</translation>
    </message>
    <message>
        <source>Face shape</source>
        <translation>脸型</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>锐度</translation>
    </message>
    <message>
        <source>How much of the new face is put on: none to all of it.</source>
        <translation>新人脸的融合程度，从完全不换到完全替换。</translation>
    </message>
    <message>
        <source>How the new face takes on the light and the colours of the scene.</source>
        <translation>新人脸如何适应场景的光线和色彩。</translation>
    </message>
    <message>
        <source>The person&apos;s own eyes stay, so that they look where they looked.</source>
        <translation>保留原来的眼睛，视线方向不变。</translation>
    </message>
    <message>
        <source>What is inside an open mouth stays the person&apos;s own, so that talk fits.</source>
        <translation>张开的嘴内部保持原样，说话时口型自然。</translation>
    </message>
    <message>
        <source>How far eyes, nose and mouth take on the shape of the new face.</source>
        <translation>眼睛、鼻子和嘴在多大程度上接近新人脸的形状。</translation>
    </message>
    <message>
        <source>Detail of the new face. Too much of it stands out from the video.</source>
        <translation>新人脸的细节。过高会与视频画面不协调。</translation>
    </message>
    <message>
        <source>Each part of the face</source>
        <translation>人脸各部位分别匹配</translation>
    </message>
    <message>
        <source>One tone</source>
        <translation>整体色调</translation>
    </message>
    <message>
        <source>Not at all</source>
        <translation>不匹配</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>When it is open</source>
        <translation>张嘴时</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Classic (this computer)</source>
        <translation>经典（本机）</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>AWS</source>
        <translation>AWS</translation>
    </message>
    <message>
        <source>When done</source>
        <translation>完成后</translation>
    </message>
    <message>
        <source>Watch folders</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Passwords</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断</translation>
    </message>
</context>
<context>
    <name>SetupStep</name>
    <message>
        <source>Finish</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Once, in half a minute. All of it can be removed again in the settings.</source>
        <translation>只需一次，大约半分钟。所有内容都可以在设置中移除。</translation>
    </message>
    <message>
        <source>A bucket for what is being rendered: closed to the public, encrypted, and it forgets everything after three days.</source>
        <translation>一个存储桶，存放正在渲染的内容：不对外公开，已加密，三天后自动清除所有内容。</translation>
    </message>
    <message>
        <source>A security group in which nothing is open until a render opens it for this computer alone.</source>
        <translation>一个安全组，平时不开放任何访问，渲染时只对这台电脑开放。</translation>
    </message>
    <message>
        <source>Two roles: one lets instances reach their own video and nothing else, one lets AWS end instances in time even when this computer is off.</source>
        <translation>两个角色：一个让实例只能访问自己的视频；另一个让 AWS 按时结束实例，即使这台电脑已关机。</translation>
    </message>
    <message>
        <source>None of it costs anything while nothing is rendered.</source>
        <translation>不渲染时，这些都不产生费用。</translation>
    </message>
    <message>
        <source>The account is set up. Videos can be rendered there.</source>
        <translation>账户已设置完成，可以在其中渲染视频。</translation>
    </message>
    <message>
        <source>Making the bucket…</source>
        <translation>正在创建存储桶…</translation>
    </message>
    <message>
        <source>Closing the bucket to the public…</source>
        <translation>正在关闭存储桶的公开访问…</translation>
    </message>
    <message>
        <source>Making the security group…</source>
        <translation>正在创建安全组…</translation>
    </message>
    <message>
        <source>Making the roles…</source>
        <translation>正在创建角色…</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>更改快捷键…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>{0} is the key of “{1}”.</source>
        <translation>{0} 已是“{1}”的快捷键。</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Search by name or key</source>
        <translation>按名称或按键搜索</translation>
    </message>
    <message>
        <source>Search commands by name or key</source>
        <translation>按名称或按键搜索命令</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>命令及其快捷键</translation>
    </message>
    <message>
        <source>No command fits what you search.</source>
        <translation>没有符合搜索的命令。</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不设按键</translation>
    </message>
    <message>
        <source>Use it here instead</source>
        <translation>改用于此处</translation>
    </message>
    <message>
        <source>Reset all keys…</source>
        <translation>全部恢复默认…</translation>
    </message>
    <message>
        <source>Press the new key</source>
        <translation>请按下新的按键</translation>
    </message>
    <message>
        <source>Reset all keys?</source>
        <translation>将全部快捷键恢复默认？</translation>
    </message>
    <message>
        <source>Every command gets the key it came with. Your own keys are forgotten.</source>
        <translation>每个命令都恢复为默认的快捷键，你自定义的快捷键将被清除。</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Keep my keys</source>
        <translation>保留我的快捷键</translation>
    </message>
    <message>
        <source>Changed; the default is {0}</source>
        <translation>已更改；默认为 {0}</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>Stage</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>The trim cannot be changed while this video waits or renders.</source>
        <translation>这个视频正在排队或渲染，无法更改入点和出点。</translation>
    </message>
    <message>
        <source>First put a face on somebody in this video.</source>
        <translation>请先为这个视频中的人物指定人脸。</translation>
    </message>
    <message>
        <source>Nobody was found in this video.</source>
        <translation>这个视频中没有找到人物。</translation>
    </message>
    <message>
        <source>There is nothing to hear: the video has no sound, or this computer cannot play any.</source>
        <translation>没有声音可播放：视频没有声音，或这台电脑无法播放。</translation>
    </message>
</context>
<context>
    <name>SignInStep</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Second Unit renders in your own AWS account. It keeps no password: it uses a profile of this computer, or keys that the system’s password store guards.</source>
        <translation>Second Unit 在你自己的 AWS 账户中渲染。它不保存密码，而是使用这台电脑上的配置文件，或由系统密码库保护的密钥。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>配置文件</translation>
    </message>
    <message>
        <source>Access keys</source>
        <translation>访问密钥</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>访问密钥 ID</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>秘密访问密钥</translation>
    </message>
    <message>
        <source>ARN of the role</source>
        <translation>角色的 ARN</translation>
    </message>
    <message>
        <source>Assumed by</source>
        <translation>由谁代入</translation>
    </message>
    <message>
        <source>External ID, if it needs one</source>
        <translation>外部 ID（如果需要）</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>What the AWS tools find by themselves</source>
        <translation>由 AWS 工具自行查找</translation>
    </message>
    <message>
        <source>A profile of Identity Center opens the browser when its sign-in is over.</source>
        <translation>Identity Center 配置文件的登录过期时，会打开浏览器。</translation>
    </message>
    <message>
        <source>Run ‘aws login --profile {0}’ in a terminal, then sign in here.</source>
        <translation>请在终端中运行“aws login --profile {0}”，然后在这里登录。</translation>
    </message>
    <message>
        <source>Sign in in the browser and confirm the code {0} there. If no page opened: {1}</source>
        <translation>请在浏览器中登录，并确认代码 {0}。如果页面没有打开：{1}</translation>
    </message>
    <message>
        <source>There is no profile on this computer yet. ‘aws configure sso’ makes one, or use access keys.</source>
        <translation>这台电脑上还没有配置文件。运行“aws configure sso”可以创建，也可以使用访问密钥。</translation>
    </message>
    <message>
        <source>Identity Center</source>
        <translation>Identity Center</translation>
    </message>
    <message>
        <source>AWS sign-in</source>
        <translation>AWS 登录</translation>
    </message>
    <message>
        <source>assumes a role</source>
        <translation>代入角色</translation>
    </message>
    <message>
        <source>access keys</source>
        <translation>访问密钥</translation>
    </message>
    <message>
        <source>by a program</source>
        <translation>由程序提供</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
    </message>
    <message>
        <source>Looking for the password store…</source>
        <translation>正在查找密码库…</translation>
    </message>
    <message>
        <source>The keys are kept in the {0}, not in a file.</source>
        <translation>密钥保存在 {0} 中，不写入文件。</translation>
    </message>
    <message>
        <source>There is no password store here: the keys are forgotten when you quit.</source>
        <translation>这里没有密码库，退出后密钥将被忘记。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
</context>
<context>
    <name>SimplePage</name>
    <message>
        <source>Who should be replaced?</source>
        <translation>要替换谁？</translation>
    </message>
    <message>
        <source>With whose face?</source>
        <translation>换成谁的人脸？</translation>
    </message>
    <message>
        <source>Faces of the library</source>
        <translation>素材库中的人脸</translation>
    </message>
    <message>
        <source>Keep this person&apos;s own face</source>
        <translation>保留原来的人脸</translation>
    </message>
    <message>
        <source>The faces in this video are too small, turned or blurred to say who they are, so nobody can be replaced.</source>
        <translation>这个视频中的人脸过小、侧转或模糊，无法判断是谁，因此没有可以换脸的人物。</translation>
    </message>
    <message>
        <source>No face was found in this video, so there is nobody to replace.</source>
        <translation>这个视频中没有找到人脸，因此没有可以换脸的人物。</translation>
    </message>
    <message>
        <source>Faces that are too small or blurred are left as they are.</source>
        <translation>过小或模糊的人脸保持原样。</translation>
    </message>
    <message>
        <source>Drop a photo here, or click</source>
        <translation>将照片拖到这里，或点击选择</translation>
    </message>
</context>
<context>
    <name>SleepCountdown</name>
    <message>
        <source>Going to sleep</source>
        <translation>即将睡眠</translation>
    </message>
    <message>
        <source>Time until the computer sleeps</source>
        <translation>距离电脑睡眠的时间</translation>
    </message>
    <message numerus="yes">
        <source>The computer goes to sleep in %n second(s).</source>
        <translation>
            <numerusform>电脑将在 %n 秒后进入睡眠。</numerusform>
        </translation>
    </message>
    <message>
        <source>The queue is done, and so you set it.</source>
        <translation>队列已完成，将按你的设置睡眠。</translation>
    </message>
    <message>
        <source>Sleep now</source>
        <translation>立即睡眠</translation>
    </message>
    <message>
        <source>Stay awake</source>
        <translation>保持唤醒</translation>
    </message>
</context>
<context>
    <name>SlideRow</name>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
</context>
<context>
    <name>Slot</name>
    <message>
        <source>{0} in places</source>
        <translation>{0}（部分时段）</translation>
    </message>
    <message>
        <source>Several: {0}</source>
        <translation>多张：{0}</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>请另选一张。</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>Consent is missing</source>
        <translation>缺少同意声明</translation>
    </message>
    <message>
        <source>The photos are missing</source>
        <translation>缺少照片</translation>
    </message>
    <message>
        <source>A removed face</source>
        <translation>已移除的人脸</translation>
    </message>
</context>
<context>
    <name>SourceNotices</name>
    <message>
        <source>The video is stored turned; it is rendered upright.</source>
        <translation>视频以旋转的方式存储，将按正常方向渲染。</translation>
    </message>
    <message>
        <source>An odd side is padded by one pixel; encoders need even sides.</source>
        <translation>边长为奇数的一侧会补一个像素，因为编码器要求偶数边长。</translation>
    </message>
    <message>
        <source>Pixels are not square; their shape is kept.</source>
        <translation>像素不是正方形，其形状会保留。</translation>
    </message>
    <message>
        <source>The video is interlaced; it is rendered deinterlaced.</source>
        <translation>视频是隔行扫描的，将以去隔行方式渲染。</translation>
    </message>
    <message>
        <source>Transparency is left out; videos for players have none.</source>
        <translation>不保留透明度，供播放器使用的视频没有透明度。</translation>
    </message>
    <message>
        <source>Colour detail is reduced to 4:2:0, as players expect.</source>
        <translation>色彩细节会降为 4:2:0，以适合播放器。</translation>
    </message>
    <message>
        <source>HDR is converted to standard range.</source>
        <translation>HDR 会转换为标准动态范围。</translation>
    </message>
    <message>
        <source>Fine colour is kept as 10 bits.</source>
        <translation>高色深会保留为 10 位。</translation>
    </message>
    <message>
        <source>The file does not say how its colours are coded; they are taken as players do.</source>
        <translation>文件没有说明色彩的编码方式，将按播放器的惯例处理。</translation>
    </message>
    <message>
        <source>The file is cut short or damaged. What can be read of it is rendered.</source>
        <translation>文件不完整或已损坏，会渲染其中能读取的部分。</translation>
    </message>
    <message>
        <source>Some frames are damaged and left out.</source>
        <translation>有些帧已损坏，会被略去。</translation>
    </message>
    <message>
        <source>Frames are shown for unequal times; all times are kept.</source>
        <translation>各帧的显示时长不等，所有时间都会保留。</translation>
    </message>
    <message>
        <source>The video begins before zero; sound stays in step.</source>
        <translation>视频从零点之前开始，声音会保持同步。</translation>
    </message>
    <message>
        <source>One frame stands for many seconds; it is kept so.</source>
        <translation>有一帧持续很多秒，将原样保留。</translation>
    </message>
</context>
<context>
    <name>SplitDialog</name>
    <message>
        <source>Another person</source>
        <translation>另一个人物</translation>
    </message>
    <message>
        <source>In which moments is it somebody else than {0}? Tick them: they become a person of their own.</source>
        <translation>哪些出场片段中的不是“{0}”？勾选后，它们会成为一个单独的人物。</translation>
    </message>
    <message>
        <source>Moments</source>
        <translation>出场片段</translation>
    </message>
    <message>
        <source>Take them out</source>
        <translation>移出</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Select a moment to see it behind this window.</source>
        <translation>选择一个片段，即可在此窗口后面查看。</translation>
    </message>
    <message>
        <source>At least one moment has to stay.</source>
        <translation>至少要保留一个片段。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Not sure who</source>
        <translation>不确定是谁</translation>
    </message>
    <message>
        <source>Person {0}</source>
        <translation>人物 {0}</translation>
    </message>
    <message>
        <source>{0} as {1}</source>
        <translation>{0} → {1}</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>原片</translation>
    </message>
    <message>
        <source>Rendered</source>
        <translation>已渲染</translation>
    </message>
    <message>
        <source>Preview by the {0} engine on this computer</source>
        <translation>本机预览 · {0}</translation>
    </message>
    <message>
        <source>classic</source>
        <translation>经典</translation>
    </message>
    <message>
        <source>After</source>
        <translation>换脸后</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>换脸前</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>划像</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>small face</source>
        <translation>人脸偏小</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>侧转</translation>
    </message>
    <message>
        <source>at the edge</source>
        <translation>位于画面边缘</translation>
    </message>
    <message>
        <source>two faces close together</source>
        <translation>两张人脸靠得很近</translation>
    </message>
    <message>
        <source>nothing hard about it</source>
        <translation>没有明显难点</translation>
    </message>
    <message>
        <source>moves fast</source>
        <translation>快速移动</translation>
    </message>
    <message>
        <source>Rendering a proof clip…</source>
        <translation>正在渲染样片…</translation>
    </message>
    <message>
        <source>Looking for frames where a cast face is missed…</source>
        <translation>正在查找漏掉人脸的画面…</translation>
    </message>
    <message>
        <source>No trouble: every cast face was found.</source>
        <translation>没有问题：要替换的人脸全部找到。</translation>
    </message>
    <message>
        <source>A cast face was not found in 1 place.</source>
        <translation>有 1 处没有找到要替换的人脸。</translation>
    </message>
    <message>
        <source>A cast face was not found in {0} places.</source>
        <translation>有 {0} 处没有找到要替换的人脸。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation>正在打开队列…</translation>
    </message>
    <message>
        <source>No video yet</source>
        <translation>还没有视频</translation>
    </message>
    <message>
        <source>Drop a video anywhere on the window.</source>
        <translation>将视频拖到窗口任意位置。</translation>
    </message>
    <message>
        <source>No video is selected</source>
        <translation>未选择视频</translation>
    </message>
    <message>
        <source>Select one in the queue to look at it.</source>
        <translation>在队列中选择一个视频即可查看。</translation>
    </message>
    <message>
        <source>This video cannot be rendered.</source>
        <translation>这个视频无法渲染。</translation>
    </message>
    <message>
        <source>Look at it again</source>
        <translation>重新识别</translation>
    </message>
    <message>
        <source>This video waits to be looked at</source>
        <translation>这个视频正在等待识别</translation>
    </message>
    <message>
        <source>It comes next, before other new videos.</source>
        <translation>它会排在其他新视频之前。</translation>
    </message>
    <message>
        <source>Then you can decide whose face goes on whom.</source>
        <translation>之后就可以决定谁换成谁的人脸。</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} · {1}</translation>
    </message>
    <message>
        <source>Reading the video… {0}</source>
        <translation>正在读取视频… {0}</translation>
    </message>
    <message>
        <source>Drawing its picture… {0}</source>
        <translation>正在生成缩略图… {0}</translation>
    </message>
    <message>
        <source>Finding faces… {0}</source>
        <translation>正在查找人脸… {0}</translation>
    </message>
    <message>
        <source>Checking the content… {0}</source>
        <translation>正在检查内容… {0}</translation>
    </message>
    <message>
        <source>Preparing… {0}</source>
        <translation>正在准备… {0}</translation>
    </message>
    <message>
        <source>Making sure that nothing is left in AWS…</source>
        <translation>正在确认 AWS 中没有遗留资源…</translation>
    </message>
    <message>
        <source>Working… {0}</source>
        <translation>正在处理… {0}</translation>
    </message>
    <message>
        <source>Waiting to be looked at, then renders</source>
        <translation>等待识别，随后渲染</translation>
    </message>
    <message>
        <source>Waiting to be looked at</source>
        <translation>等待识别</translation>
    </message>
    <message>
        <source>Ready – every face stays as it is</source>
        <translation>就绪，所有人脸保持原样</translation>
    </message>
    <message>
        <source>Ready – 1 face cast</source>
        <translation>就绪，已指定 1 张人脸</translation>
    </message>
    <message>
        <source>Ready – {0} faces cast</source>
        <translation>就绪，已指定 {0} 张人脸</translation>
    </message>
    <message>
        <source>Ready – no faces were found</source>
        <translation>就绪，没有找到人脸</translation>
    </message>
    <message>
        <source>Ready – nobody is cast yet</source>
        <translation>就绪，尚未指定人脸</translation>
    </message>
    <message>
        <source>Please look: {0}</source>
        <translation>请查看：{0}</translation>
    </message>
    <message>
        <source>Paused – goes on where it was</source>
        <translation>已暂停，之后从中断处继续</translation>
    </message>
    <message>
        <source>Next, once the queue goes on</source>
        <translation>队列继续后的下一个</translation>
    </message>
    <message>
        <source>Next in line</source>
        <translation>排在下一个</translation>
    </message>
    <message>
        <source>Waiting to go on, number {0} in line</source>
        <translation>等待继续，排在第 {0} 位</translation>
    </message>
    <message>
        <source>Waiting, number {0} in line</source>
        <translation>等待中，排在第 {0} 位</translation>
    </message>
    <message>
        <source>Beginning…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>A worker went away – another one takes over…</source>
        <translation>有渲染进程退出，正由另一个接手…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>正在取消…</translation>
    </message>
    <message>
        <source>Starting to render…</source>
        <translation>正在开始渲染…</translation>
    </message>
    <message>
        <source>Rendering – measuring the time left…</source>
        <translation>渲染中 · 正在估算剩余时间…</translation>
    </message>
    <message>
        <source>Rendering – {0}</source>
        <translation>渲染中 · {0}</translation>
    </message>
    <message>
        <source>Rendering – {0} – {1}</source>
        <translation>渲染中 · {0} · {1}</translation>
    </message>
    <message>
        <source>Next – goes on where it was</source>
        <translation>排在下一个，从中断处继续</translation>
    </message>
    <message>
        <source>Putting the video together…</source>
        <translation>正在合成视频…</translation>
    </message>
    <message>
        <source>Finishing the piece in hand…</source>
        <translation>正在完成当前片段…</translation>
    </message>
    <message>
        <source>Stopped – what is done is kept</source>
        <translation>已停止，已完成的部分会保留</translation>
    </message>
    <message>
        <source>Stopped before its first piece was done</source>
        <translation>已停止，第一个片段尚未完成</translation>
    </message>
    <message>
        <source>Stopped – {0} is done and kept</source>
        <translation>已停止，完成的 {0} 会保留</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Done – {0} – a face was missed in 1 frame</source>
        <translation>完成 · {0} · 有 1 帧漏掉人脸</translation>
    </message>
    <message>
        <source>Done – {0} – a face was missed in {1} frames</source>
        <translation>完成 · {0} · 有 {1} 帧漏掉人脸</translation>
    </message>
    <message>
        <source>Done – {0} – took {1}</source>
        <translation>完成 · {0} · 用时 {1}</translation>
    </message>
    <message>
        <source>Every cast face was found in every frame.</source>
        <translation>每一帧中要替换的人脸都已找到。</translation>
    </message>
    <message>
        <source>In 1 frame a cast face was not found; the person&apos;s own face is seen there.</source>
        <translation>有 1 帧没有找到要替换的人脸，该处显示的是原来的人脸。</translation>
    </message>
    <message>
        <source>In {0} of {1} frames a cast face was not found; the person&apos;s own face is seen there.</source>
        <translation>{1} 帧中有 {0} 帧没有找到要替换的人脸，这些地方显示的是原来的人脸。</translation>
    </message>
    <message>
        <source>Cannot be used: {0}</source>
        <translation>无法使用：{0}</translation>
    </message>
    <message>
        <source>Failed: {0}</source>
        <translation>失败：{0}</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Being rendered</source>
        <translation>渲染中</translation>
    </message>
    <message>
        <source>Rendered</source>
        <translation>已渲染</translation>
    </message>
    <message>
        <source>Rendered and checked</source>
        <translation>已渲染并校验</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>渲染中</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>已校验</translation>
    </message>
    <message>
        <source>worker {0}</source>
        <translation>渲染进程 {0}</translation>
    </message>
    <message>
        <source>Worker {0} went away here ({1}). What was finished is kept; another went on.</source>
        <translation>渲染进程 {0} 在此处退出（{1}）。已完成的内容会保留，并由另一个继续。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>This computer · %n worker(s)</source>
        <translation>
            <numerusform>本机 · %n 个渲染进程</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer · at rest</source>
        <translation>本机 · 空闲</translation>
    </message>
    <message>
        <source>Storage: {0}</source>
        <translation>存储：{0}</translation>
    </message>
    <message>
        <source>Cost: {0}</source>
        <translation>费用：{0}</translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation>正在打开队列…</translation>
    </message>
    <message>
        <source>Looking at a video…</source>
        <translation>正在识别视频…</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Rendering</source>
        <translation>渲染中</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message numerus="yes">
        <source>%n video(s) in the queue</source>
        <translation>
            <numerusform>队列中有 %n 个视频</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message>
        <source>adding videos</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>removing from the queue</source>
        <translation>移出队列</translation>
    </message>
    <message>
        <source>moving in the queue</source>
        <translation>调整队列顺序</translation>
    </message>
    <message>
        <source>duplicating</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>asking for a render</source>
        <translation>提交渲染</translation>
    </message>
    <message>
        <source>rendering once more</source>
        <translation>再次渲染</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>taking out of the line</source>
        <translation>取消排队</translation>
    </message>
    <message>
        <source>the casting</source>
        <translation>指定人脸</translation>
    </message>
    <message>
        <source>merging people</source>
        <translation>合并人物</translation>
    </message>
    <message>
        <source>splitting a person</source>
        <translation>拆分人物</translation>
    </message>
    <message>
        <source>moving an appearance</source>
        <translation>移动出场片段</translation>
    </message>
    <message>
        <source>the look</source>
        <translation>效果更改</translation>
    </message>
    <message>
        <source>the output</source>
        <translation>输出更改</translation>
    </message>
    <message>
        <source>where it renders</source>
        <translation>更改渲染位置</translation>
    </message>
    <message>
        <source>trimming</source>
        <translation>修剪</translation>
    </message>
    <message>
        <source>applying a preset</source>
        <translation>应用预设</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo {0}</source>
        <translation>撤销{0}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo {0}</source>
        <translation>重做{0}</translation>
    </message>
</context>
<context>
    <name>StoragePage</name>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>What the app keeps is in this folder:</source>
        <translation>应用的数据保存在这个文件夹中：</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>清理…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress of the clean-up</source>
        <translation>清理的进度</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>{0} of {1} are free on this disk.</source>
        <translation>此磁盘可用空间 {0}，共 {1}。</translation>
    </message>
    <message>
        <source>A video is being looked at; wait until that is done.</source>
        <translation>正在识别视频，请等待完成。</translation>
    </message>
    <message>
        <source>There is nothing that could be cleaned up.</source>
        <translation>没有可以清理的内容。</translation>
    </message>
    <message>
        <source>A clean-up frees {0}: parts of videos that are finished or given up, and what was found in videos. Finished videos, faces and the queue stay.</source>
        <translation>清理可释放 {0}：已完成或已放弃的视频片段，以及视频的识别结果。成片、人脸和队列会保留。</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Rendered parts</source>
        <translation>已渲染的片段</translation>
    </message>
    <message>
        <source>Renders and their history</source>
        <translation>渲染及其历史</translation>
    </message>
    <message>
        <source>Source faces</source>
        <translation>素材人脸</translation>
    </message>
    <message>
        <source>People found in videos</source>
        <translation>视频中找到的人物</translation>
    </message>
    <message>
        <source>What can be made again</source>
        <translation>可重新生成的内容</translation>
    </message>
    <message>
        <source>Free {0}?</source>
        <translation>释放 {0}？</translation>
    </message>
    <message>
        <source>Parts of videos that are finished or given up are deleted, and what was found in videos. A video that is changed later is rendered from its beginning. Finished videos, faces and the queue stay.</source>
        <translation>将删除已完成或已放弃的视频片段，以及视频的识别结果。之后再更改这些视频，需要从头渲染。成片、人脸和队列会保留。</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>{0} were freed.</source>
        <translation>已释放 {0}。</translation>
    </message>
    <message>
        <source>The clean-up was stopped; the rest is still there.</source>
        <translation>清理已停止，其余内容仍然保留。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
</context>
<context>
    <name>StretchRows</name>
    <message>
        <source>Another face for a stretch…</source>
        <translation>为某个时间段换另一张人脸…</translation>
    </message>
    <message>
        <source>from 0:00</source>
        <translation>起点 0:00</translation>
    </message>
    <message>
        <source>to 0:10</source>
        <translation>终点 0:10</translation>
    </message>
    <message>
        <source>Stretch from, minutes and seconds</source>
        <translation>时间段起点，分和秒</translation>
    </message>
    <message>
        <source>Stretch to, minutes and seconds</source>
        <translation>时间段终点，分和秒</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{0} – {1}: {2}</source>
        <translation>{0} – {1}：{2}</translation>
    </message>
    <message>
        <source>Remove this stretch</source>
        <translation>移除这个时间段</translation>
    </message>
    <message>
        <source>Remove the stretch {0}</source>
        <translation>移除时间段 {0}</translation>
    </message>
    <message>
        <source>Choose a face</source>
        <translation>选择人脸</translation>
    </message>
    <message>
        <source>Choose a face for the stretch</source>
        <translation>为这个时间段选择人脸</translation>
    </message>
    <message>
        <source>Type two times such as 0:04 and 0:09.5 within the video.</source>
        <translation>请输入视频范围内的两个时间，例如 0:04 和 0:09.5。</translation>
    </message>
    <message>
        <source>Choose a face for these seconds.</source>
        <translation>请为这个时间段选择人脸。</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Part of the video that is seen</source>
        <translation>可见的视频范围</translation>
    </message>
    <message>
        <source>People that are seen</source>
        <translation>可见的人物</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Toolbar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>Simple</source>
        <translation>简洁</translation>
    </message>
    <message>
        <source>Only what a first video needs</source>
        <translation>只显示制作第一个视频所需的内容</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Everything there is</source>
        <translation>显示全部内容</translation>
    </message>
    <message>
        <source>Add videos</source>
        <translation>添加视频</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Cast board</source>
        <translation>人物总览</translation>
    </message>
    <message>
        <source>{0} of {1} done</source>
        <translation>已完成 {0}/{1}</translation>
    </message>
    <message>
        <source>Finishing what is in hand…</source>
        <translation>正在完成当前部分…</translation>
    </message>
    <message>
        <source>Paused · {0}</source>
        <translation>已暂停 · {0}</translation>
    </message>
    <message>
        <source>{0} · {1}</source>
        <translation>{0} · {1}</translation>
    </message>
</context>
<context>
    <name>Track</name>
    <message>
        <source>{0} · frame {1}</source>
        <translation>{0} · 第 {1} 帧</translation>
    </message>
    <message>
        <source>Show fewer people</source>
        <translation>收起部分人物</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>还有 {0} 人</translation>
    </message>
    <message>
        <source>Begin of what is rendered (I)</source>
        <translation>渲染入点（I）</translation>
    </message>
    <message>
        <source>End of what is rendered (O)</source>
        <translation>渲染出点（O）</translation>
    </message>
    <message>
        <source>A cast face was not found here</source>
        <translation>此处没有找到要替换的人脸</translation>
    </message>
    <message>
        <source>{0} frames are finished</source>
        <translation>已完成 {0} 帧</translation>
    </message>
    <message>
        <source>Rendered from frame {0} to {1}</source>
        <translation>渲染第 {0} 至 {1} 帧</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间轴</translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>The trim cannot be changed while this video waits or renders</source>
        <translation>这个视频正在排队或渲染，无法更改入点和出点</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>frame {0} of {1}</source>
        <translation>第 {0} 帧，共 {1} 帧</translation>
    </message>
    <message>
        <source>Trouble {0}/{1}</source>
        <translation>问题 {0}/{1}</translation>
    </message>
    <message>
        <source>Find trouble</source>
        <translation>查找问题</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>第一帧</translation>
    </message>
    <message>
        <source>Previous appearance</source>
        <translation>上一次出场</translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation>上一帧</translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation>下一帧</translation>
    </message>
    <message>
        <source>Next appearance</source>
        <translation>下一次出场</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>最后一帧</translation>
    </message>
    <message>
        <source>Begin the render here</source>
        <translation>设为渲染入点</translation>
    </message>
    <message>
        <source>End the render here</source>
        <translation>设为渲染出点</translation>
    </message>
    <message>
        <source>Render a proof clip of two seconds around here</source>
        <translation>渲染此处前后两秒的样片</translation>
    </message>
    <message>
        <source>Show the hardest frames</source>
        <translation>显示难点画面</translation>
    </message>
    <message>
        <source>Find frames where a cast face is not found</source>
        <translation>查找没有找到要替换人脸的画面</translation>
    </message>
    <message>
        <source>Previous place of trouble</source>
        <translation>上一处问题</translation>
    </message>
    <message>
        <source>Next place of trouble</source>
        <translation>下一处问题</translation>
    </message>
    <message>
        <source>Play in a loop</source>
        <translation>循环播放</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>关闭声音</translation>
    </message>
    <message>
        <source>Proof clip</source>
        <translation>样片</translation>
    </message>
    <message>
        <source>Hardest frames</source>
        <translation>难点画面</translation>
    </message>
    <message>
        <source>Time or frame number</source>
        <translation>时间或帧号</translation>
    </message>
    <message>
        <source>Type a time such as 1:02.5, or a frame number.</source>
        <translation>输入时间（如 1:02.5）或帧号。</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Second Unit</source>
        <translation>打开 Second Unit</translation>
    </message>
</context>
<context>
    <name>UndoStrip</name>
    <message>
        <source>{0} removed. The files stay.</source>
        <translation>已移除 {0}，文件仍保留。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
    </message>
    <message>
        <source>Fit · {0}</source>
        <translation>适合 · {0}</translation>
    </message>
    <message>
        <source>Outline faces</source>
        <translation>显示人脸框</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸框</translation>
    </message>
    <message>
        <source>Show the finished video in its folder</source>
        <translation>在文件夹中显示成片</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Fit the picture in</source>
        <translation>适合窗口</translation>
    </message>
</context>
<context>
    <name>WatchPage</name>
    <message>
        <source>This folder is watched already.</source>
        <translation>这个文件夹已在监视中。</translation>
    </message>
    <message>
        <source>Watch folders</source>
        <translation>监视文件夹</translation>
    </message>
    <message>
        <source>A video that is put into one of these folders comes to the queue by itself, once it is copied whole. What is in a folder already is left where it is.</source>
        <translation>放入这些文件夹的视频拷贝完成后会自动加入队列。文件夹中已有的内容不受影响。</translation>
    </message>
    <message>
        <source>No folder is watched.</source>
        <translation>没有监视的文件夹。</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Try the demo</source>
        <translation>试用演示项目</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>Drop videos here</source>
        <translation>将视频拖到这里</translation>
    </message>
    <message>
        <source>Files or whole folders, anywhere on this window.</source>
        <translation>文件或整个文件夹均可，拖到窗口任意位置。</translation>
    </message>
    <message>
        <source>Open videos…</source>
        <translation>打开视频…</translation>
    </message>
    <message>
        <source>A short video of two people, and a face that may be used. It takes a minute.</source>
        <translation>一段两个人的短视频，和一张可以使用的人脸。大约需要一分钟。</translation>
    </message>
    <message>
        <source>Making the demo’s video…</source>
        <translation>正在制作演示视频…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>How far the demo’s video is</source>
        <translation>演示视频的进度</translation>
    </message>
    <message>
        <source>Your videos and faces stay on this computer. A face is rendered only when you have stated that the person agreed, and every video says that it is AI-made.</source>
        <translation>视频和人脸只保存在本机。只有在你声明当事人已同意后，人脸才会被渲染；每部成片都会注明由 AI 生成。</translation>
    </message>
    <message>
        <source>1. Add a video</source>
        <translation>1. 添加视频</translation>
    </message>
    <message>
        <source>Second Unit finds everybody who is in it.</source>
        <translation>Second Unit 会找出其中的人物。</translation>
    </message>
    <message>
        <source>2. Choose a face</source>
        <translation>2. 选择人脸</translation>
    </message>
    <message>
        <source>Drop a photo on the person who shall wear it, and look at the result.</source>
        <translation>将照片拖到人物上，然后查看效果。</translation>
    </message>
    <message>
        <source>3. Render</source>
        <translation>3. 渲染</translation>
    </message>
    <message>
        <source>Watch finished parts while the rest is made. You can stop at any time.</source>
        <translation>一边渲染，一边观看已完成的部分，可以随时停止。</translation>
    </message>
</context>
<context>
    <name>WhereSection</name>
    <message>
        <source>Where</source>
        <translation>渲染位置</translation>
    </message>
    <message>
        <source>Render on</source>
        <translation>渲染于</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>AWS, by the second</source>
        <translation>AWS，按秒计费</translation>
    </message>
    <message>
        <source>Instances side by side</source>
        <translation>并行实例数</translation>
    </message>
    <message>
        <source>More are done sooner; each takes some minutes to start, which is paid too.</source>
        <translation>实例越多完成越快；每个实例需要几分钟启动，这段时间也计费。</translation>
    </message>
    <message>
        <source>Budget for this video</source>
        <translation>这个视频的预算</translation>
    </message>
    <message>
        <source>Rendering stops before it costs more. Empty: what the account allows.</source>
        <translation>达到预算前渲染会停止。留空则按账户的限制。</translation>
    </message>
    <message>
        <source>On demand where there is no spot</source>
        <translation>没有竞价实例时使用按需实例</translation>
    </message>
    <message>
        <source>An instance at the full price, two to three times as much; nobody takes it back.</source>
        <translation>全价实例，价格为两到三倍，不会被收回。</translation>
    </message>
    <message>
        <source>Keep going without me</source>
        <translation>无人值守继续</translation>
    </message>
    <message>
        <source>AWS itself replaces instances that it takes back, so you can close the laptop.</source>
        <translation>AWS 会自行补上被收回的实例，因此可以合上笔记本电脑。</translation>
    </message>
    <message>
        <source>Connect an AWS account…</source>
        <translation>连接 AWS 账户…</translation>
    </message>
    <message>
        <source>Render on GPUs of your own account, paid by the second.</source>
        <translation>使用你自己账户中的 GPU 渲染，按秒计费。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message numerus="yes">
        <source>The account may have %n instance(s) at a time; more are not given.</source>
        <translation>
            <numerusform>此账户最多可同时拥有 %n 个实例，超出的不会提供。</numerusform>
        </translation>
    </message>
    <message>
        <source>The account may have no GPU instance yet.</source>
        <translation>此账户还不能使用 GPU 实例。</translation>
    </message>
    <message>
        <source>Ask AWS for more…</source>
        <translation>向 AWS 申请更多…</translation>
    </message>
</context>
<context>
    <name>WhichFace</name>
    <message>
        <source>Face {0} is chosen.</source>
        <translation>已选择第 {0} 张人脸。</translation>
    </message>
</context>
<context>
    <name>WizardStep</name>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
</context>
<context>
    <name>WorkStrip</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Preset for videos from {0}</source>
        <translation>来自 {0} 的视频所用的预设</translation>
    </message>
    <message>
        <source>Watch {0} no more</source>
        <translation>不再监视 {0}</translation>
    </message>
    <message>
        <source>The defaults</source>
        <translation>默认设置</translation>
    </message>
    <message>
        <source>{0} (is gone)</source>
        <translation>{0}（已不存在）</translation>
    </message>
    <message>
        <source>This folder is not there now. It is watched again when it is back.</source>
        <translation>这个文件夹目前不在，恢复后会继续监视。</translation>
    </message>
</context>
<context>
    <name>_VideoLine</name>
    <message>
        <source>Where in {0}: click to go there</source>
        <translation>在 {0} 中的位置，点击前往</translation>
    </message>
</context>
</TS>
