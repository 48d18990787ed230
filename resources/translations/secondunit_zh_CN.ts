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
    <name>AwsHealth</name>
    <message>
        <source>{0} of account {1}, {2}</source>
        <translation>账户 {1} 的 {0}，{2}</translation>
    </message>
    <message>
        <source>Sign in as a user or role that has the policy below instead.</source>
        <translation>请改用拥有以下策略的用户或角色登录。</translation>
    </message>
    <message>
        <source>This computer’s clock agrees with that of AWS.</source>
        <translation>本机时钟与 AWS 一致。</translation>
    </message>
    <message>
        <source>This computer’s clock is {0} s ahead.</source>
        <translation>本机时钟快 {0} 秒。</translation>
    </message>
    <message>
        <source>This computer’s clock is {0} s behind.</source>
        <translation>本机时钟慢 {0} 秒。</translation>
    </message>
    <message>
        <source>Set it by the network’s time: AWS refuses what is signed by a wrong clock.</source>
        <translation>请启用网络对时：AWS 会拒绝时钟不准的签名。</translation>
    </message>
    <message>
        <source>All {0} actions are allowed.</source>
        <translation>所需的 {0} 项操作均已获准。</translation>
    </message>
    <message>
        <source>Not allowed: {0} and {1} more</source>
        <translation>未获准：{0}，另有 {1} 项</translation>
    </message>
    <message>
        <source>Not allowed: {0}</source>
        <translation>未获准：{0}</translation>
    </message>
    <message>
        <source>Give this sign-in the policy below.</source>
        <translation>请为此登录身份添加以下策略。</translation>
    </message>
    <message>
        <source>The account’s default network was removed in this region.</source>
        <translation>此区域中账户的默认网络已被删除。</translation>
    </message>
    <message>
        <source>Make one by “aws ec2 create-default-vpc”, or choose another region.</source>
        <translation>请运行“aws ec2 create-default-vpc”新建，或选择其他区域。</translation>
    </message>
    <message>
        <source>No subnet gives public addresses.</source>
        <translation>没有可分配公网地址的子网。</translation>
    </message>
    <message>
        <source>No route to the internet was found.</source>
        <translation>未找到通往互联网的路由。</translation>
    </message>
    <message>
        <source>Attach an internet gateway to the default network, and a route to it.</source>
        <translation>请为默认网络连接互联网网关，并添加指向它的路由。</translation>
    </message>
    <message>
        <source>Default network with {0} zones</source>
        <translation>默认网络，含 {0} 个可用区</translation>
    </message>
    <message>
        <source>There is none yet.</source>
        <translation>尚未创建。</translation>
    </message>
    <message>
        <source>It lacks rules.</source>
        <translation>缺少规则。</translation>
    </message>
    <message>
        <source>It is not closed to others, or forgets nothing by itself.</source>
        <translation>未对外关闭，或不会自动清除内容。</translation>
    </message>
    <message>
        <source>{0}: closed to others, encrypted, forgets by itself</source>
        <translation>{0}：已对外关闭、已加密、自动清除</translation>
    </message>
    <message>
        <source>Set the account up; what is there is left as it is.</source>
        <translation>请设置账户，已有的内容保持不变。</translation>
    </message>
    <message>
        <source>Not there yet: {0}</source>
        <translation>尚未创建：{0}</translation>
    </message>
    <message>
        <source>No answer from {0}</source>
        <translation>{0} 没有响应</translation>
    </message>
    <message>
        <source>Look at the firewall, and at status.aws.amazon.com.</source>
        <translation>请检查防火墙，并查看 status.aws.amazon.com。</translation>
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
        <source>What may be spent and sent</source>
        <translation>费用与传输限制</translation>
    </message>
    <message>
        <source>An on-demand instance costs two to three times as much.</source>
        <translation>按需实例的价格是竞价实例的两到三倍。</translation>
    </message>
    <message>
        <source>Upload at most</source>
        <translation>上传上限</translation>
    </message>
    <message>
        <source>Leaves the rest of your line to others. It holds at once.</source>
        <translation>为其他用途留出带宽，立即生效。</translation>
    </message>
    <message>
        <source>Download at most</source>
        <translation>下载上限</translation>
    </message>
    <message>
        <source>The same for what comes back.</source>
        <translation>对取回的内容同样有效。</translation>
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
        <source>Mbit/s</source>
        <translation>Mbit/s</translation>
    </message>
    <message>
        <source>Quicker starts</source>
        <translation>更快启动</translation>
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
        <source>The bucket with all that is in it, images of your own, the security group and the roles in {0} are deleted. Finished videos on this computer are not touched.</source>
        <translation>将删除存储桶及其中的全部内容、你自己的镜像、安全组，以及 {0} 中的角色。这台电脑上的成片不受影响。</translation>
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
        <source>The render goes on in the cluster</source>
        <translation>渲染在集群中继续</translation>
    </message>
    <message>
        <source>You can close Second Unit, and the laptop. The instances finish the video and end themselves, within its budget. Open Second Unit again to get it.</source>
        <translation>可以关闭 Second Unit，也可以合上笔记本电脑。实例会在预算内完成视频并自行结束。再次打开 Second Unit 即可取回视频。</translation>
    </message>
    <message>
        <source>You can close Second Unit, and the laptop. The pods finish the video and end themselves. Open Second Unit again to get it.</source>
        <translation>可以关闭 Second Unit，也可以合上笔记本电脑。Pod 会完成视频并自行结束。再次打开 Second Unit 即可取回视频。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It cannot go on without this computer yet. If you stop, the pods in the cluster are ended, and the render goes on where it was the next time you open Second Unit. Nothing that is finished is lost.</source>
        <translation>目前离开这台电脑还无法继续。如果停止，集群中的 Pod 会结束，下次打开 Second Unit 时从中断处继续。已完成的内容不会丢失。</translation>
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
        <source>An instance cannot be reached – another starts…</source>
        <translation>无法连接某个实例，正在启动另一个…</translation>
    </message>
    <message>
        <source>An instance has ended – another starts…</source>
        <translation>某个实例已结束，正在启动另一个…</translation>
    </message>
    <message>
        <source>Cluster: {0} pod(s) at work</source>
        <translation>集群：{0} 个 Pod 正在工作</translation>
    </message>
    <message>
        <source>A pod in {0}, namespace {1}</source>
        <translation>{0} 中的 Pod，命名空间 {1}</translation>
    </message>
    <message>
        <source>{0} in {1} was ended here ({2}). What was finished is kept; another went on.</source>
        <translation>{1} 中的 {0} 在此处结束（{2}）。已完成的内容已保留，由另一个继续。</translation>
    </message>
    <message>
        <source>The render goes on in the cluster to its end. Open Second Unit again to get the video.</source>
        <translation>渲染会在集群中进行到底。再次打开 Second Unit 即可取回视频。</translation>
    </message>
    <message>
        <source>{0} instances cannot be reached any more.</source>
        <translation>{0} 个实例已无法连接。</translation>
    </message>
    <message>
        <source>What is finished is kept. If the budget does not pay for another, raise it.</source>
        <translation>已完成的内容已保留。如果预算不足以再启动一个，请提高预算。</translation>
    </message>
    <message>
        <source>A replacement is starting. Nothing is lost.</source>
        <translation>替代实例正在启动，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>An instance has ended, as its time by the budget was over.</source>
        <translation>某个实例已结束：预算允许的时间已到。</translation>
    </message>
    <message>
        <source>An instance has shut itself down.</source>
        <translation>某个实例已自行关机。</translation>
    </message>
    <message>
        <source>Somebody terminated an instance in the account.</source>
        <translation>有人在账户中终止了某个实例。</translation>
    </message>
    <message>
        <source>An instance cannot be reached any more.</source>
        <translation>某个实例已无法连接。</translation>
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
        <source>ended when a cheaper one took over</source>
        <translation>有更便宜的实例接替后结束</translation>
    </message>
    <message>
        <source>taken back by AWS</source>
        <translation>被 AWS 收回</translation>
    </message>
    <message>
        <source>ended when its time was over</source>
        <translation>时间已到而结束</translation>
    </message>
    <message>
        <source>shut itself down</source>
        <translation>自行关机</translation>
    </message>
    <message>
        <source>terminated by somebody</source>
        <translation>被人终止</translation>
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
    <name>ClusterEngineDialog</name>
    <message>
        <source>FaceFusion in the cluster</source>
        <translation>集群中的 FaceFusion</translation>
    </message>
    <message>
        <source>A pod of the cluster installs FaceFusion on the volume {0} in {1}; all pods that render then read it there. Files come from the cluster’s storage, or from where they are published, and every one is checked. You can stop at any time and go on later.</source>
        <translation>集群中的一个 Pod 会把 FaceFusion 安装到 {1} 中的卷 {0} 上；之后所有参与渲染的 Pod 都从那里读取。文件来自集群的存储，或来自其发布处，每个文件都会校验。可随时停止，以后再继续。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Storage class</source>
        <translation>存储类</translation>
    </message>
    <message>
        <source>Can be mounted by</source>
        <translation>可挂载方式</translation>
    </message>
    <message>
        <source>The cluster’s default</source>
        <translation>集群的默认存储类</translation>
    </message>
    <message>
        <source>Pods of all nodes (ReadWriteMany)</source>
        <translation>所有节点的 Pod（ReadWriteMany）</translation>
    </message>
    <message>
        <source>Pods of one node (ReadWriteOnce)</source>
        <translation>单个节点的 Pod（ReadWriteOnce）</translation>
    </message>
    <message>
        <source>Several pods side by side need a file share, such as NFS. A disk is for one node at a time. A volume that can only be read (ReadOnlyMany) cannot be installed on.</source>
        <translation>要让多个 Pod 同时工作，需要 NFS 之类的文件共享。磁盘同一时间只能供一个节点使用。只读的卷（ReadOnlyMany）无法安装。</translation>
    </message>
    <message>
        <source>Add a model for other settings</source>
        <translation>为其他设置添加模型</translation>
    </message>
    <message>
        <source>I have read the licences and keep to them</source>
        <translation>我已阅读这些许可并将遵守</translation>
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
        <source>Progress of FaceFusion’s installation</source>
        <translation>FaceFusion 的安装进度</translation>
    </message>
    <message>
        <source>Make the volume and install</source>
        <translation>创建卷并安装</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Check and mend</source>
        <translation>检查并修复</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Add a model for other settings…</source>
        <translation>为其他设置添加模型…</translation>
    </message>
    <message>
        <source>To be installed as well: {0}.</source>
        <translation>将一并安装：{0}。</translation>
    </message>
    <message>
        <source>Asking the cluster…</source>
        <translation>正在询问集群…</translation>
    </message>
    <message>
        <source>Waiting for the pod…</source>
        <translation>正在等待 Pod…</translation>
    </message>
    <message>
        <source>There is no volume claim {0} yet. It can be made here.</source>
        <translation>还没有卷声明 {0}。可以在这里创建。</translation>
    </message>
    <message>
        <source>Nothing is known to be installed on it.</source>
        <translation>尚不知道上面安装了什么。</translation>
    </message>
    <message>
        <source>It holds FaceFusion {0} for another version of this app.</source>
        <translation>上面的 FaceFusion {0} 属于本应用的另一个版本。</translation>
    </message>
    <message>
        <source>It holds FaceFusion {0} with {1} models.</source>
        <translation>上面有 FaceFusion {0} 和 {1} 个模型。</translation>
    </message>
    <message>
        <source>FaceFusion is on the volume: pods can render with it.</source>
        <translation>FaceFusion 已在卷上：Pod 可以用它渲染。</translation>
    </message>
    <message>
        <source>Everything is on the volume already.</source>
        <translation>所需的一切都已在卷上。</translation>
    </message>
    <message>
        <source>It was stopped. What has arrived on the volume is kept; go on any time.</source>
        <translation>已停止。已到达卷上的内容会保留，可随时继续。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
</context>
<context>
    <name>ColourRow</name>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
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
        <source>Urgent: render before the others</source>
        <translation>紧急：先于其他视频渲染</translation>
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
        <source>Watch a render elsewhere…</source>
        <translation>在别处观看渲染…</translation>
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
    <name>DeadlineRow</name>
    <message>
        <source>No deadline</source>
        <translation>无期限</translation>
    </message>
    <message>
        <source>min</source>
        <comment>minutes, after a number</comment>
        <translation>分钟</translation>
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
    <name>EngineNote</name>
    <message>
        <source>FaceFusion is not installed here</source>
        <translation>此处未安装 FaceFusion</translation>
    </message>
    <message>
        <source>Models of this look are missing here</source>
        <translation>此处缺少此效果所需的模型</translation>
    </message>
    <message>
        <source>Install FaceFusion…</source>
        <translation>安装 FaceFusion…</translation>
    </message>
    <message>
        <source>Opens the page of the settings where that is done.</source>
        <translation>打开安装它的设置页。</translation>
    </message>
    <message>
        <source>Not for commercial use, as the models are labelled: {0}.</source>
        <translation>按模型标注，不得用于商业用途：{0}。</translation>
    </message>
    <message>
        <source>FaceFusion is not installed on this computer, so it can only render on rented machines. The preview is made by the classic engine.</source>
        <translation>这台电脑未安装 FaceFusion，因此只能在租用的机器上渲染。预览由经典引擎生成。</translation>
    </message>
    <message>
        <source>Not every model of this look is on this computer. The preview is made by the classic engine until they are fetched.</source>
        <translation>此效果所需的模型尚未全部下载到这台电脑。下载完成前，预览由经典引擎生成。</translation>
    </message>
</context>
<context>
    <name>EnginePage</name>
    <message>
        <source>FaceFusion</source>
        <translation>FaceFusion</translation>
    </message>
    <message>
        <source>FaceFusion renders in the best quality. It is not part of this app: it is fetched from where its makers publish it, in one pinned version, and every file is checked. Videos that render on rented machines need nothing here.</source>
        <translation>FaceFusion 的渲染画质最好。它不是本应用的一部分：会从其作者发布的位置下载一个固定版本，并逐个校验文件。在租用机器上渲染的视频无需在此安装。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Fetch it from</source>
        <translation>下载来源</translation>
    </message>
    <message>
        <source>Where FaceFusion is fetched from</source>
        <translation>FaceFusion 的下载来源</translation>
    </message>
    <message>
        <source>The internet</source>
        <translation>互联网</translation>
    </message>
    <message>
        <source>A folder first</source>
        <translation>先找文件夹</translation>
    </message>
    <message>
        <source>A mirror first</source>
        <translation>先找镜像</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Progress of FaceFusion’s installation</source>
        <translation>FaceFusion 的安装进度</translation>
    </message>
    <message>
        <source>Add a model for other settings</source>
        <translation>为其他设置添加模型</translation>
    </message>
    <message>
        <source>I have read the licences and keep to them</source>
        <translation>我已阅读这些许可并将遵守</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Address of the mirror</source>
        <translation>镜像地址</translation>
    </message>
    <message>
        <source>Looking at what is here…</source>
        <translation>正在查看已有的内容…</translation>
    </message>
    <message>
        <source>Reading every file…</source>
        <translation>正在读取每个文件…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>正在移除…</translation>
    </message>
    <message>
        <source>Not installed. About {0} are to be fetched.</source>
        <translation>未安装。大约需要下载 {0}。</translation>
    </message>
    <message>
        <source>Installed for {0}; it takes {1}.</source>
        <translation>已为 {0} 安装，占用 {1}。</translation>
    </message>
    <message>
        <source>Parts are missing or damaged: about {0}.</source>
        <translation>部分内容缺失或损坏：约 {0}。</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>NVIDIA cards (CUDA 12)</source>
        <translation>NVIDIA 显卡（CUDA 12）</translation>
    </message>
    <message>
        <source>NVIDIA cards (CUDA 13)</source>
        <translation>NVIDIA 显卡（CUDA 13）</translation>
    </message>
    <message>
        <source>By their makers’ labels these may not be used commercially: {0}. The other licences have conditions too. What a label allows is for you to find out.</source>
        <translation>按作者的标注，以下内容不得用于商业用途：{0}。其他许可也有各自的条件。标注具体允许什么，请自行确认。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Add a model for other settings…</source>
        <translation>为其他设置添加模型…</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>FaceFusion is installed.</source>
        <translation>FaceFusion 已安装。</translation>
    </message>
    <message>
        <source>Every file is what it should be. It can run on: {0}.</source>
        <translation>每个文件都正确。可运行于：{0}。</translation>
    </message>
    <message>
        <source>Missing or damaged: {0}. Install again to mend it.</source>
        <translation>缺失或损坏：{0}。请重新安装以修复。</translation>
    </message>
    <message>
        <source>{0} were freed.</source>
        <translation>已释放 {0}。</translation>
    </message>
    <message>
        <source>It was stopped. What has arrived is kept; go on any time.</source>
        <translation>已停止。已下载的内容已保留，可随时继续。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
    <message>
        <source>Remove FaceFusion from this computer?</source>
        <translation>要从这台电脑移除 FaceFusion 吗？</translation>
    </message>
    <message>
        <source>This frees {0}. Videos that are finished stay; those that are to be rendered with it here wait until it is installed again.</source>
        <translation>将释放 {0}。成片会保留；要在此用它渲染的视频会等到重新安装后再继续。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Folder with FaceFusion’s parts</source>
        <translation>存放 FaceFusion 各部分的文件夹</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>The program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>What it runs on</source>
        <translation>运行所需的软件包</translation>
    </message>
    <message>
        <source>Content check</source>
        <translation>内容检查</translation>
    </message>
    <message>
        <source>Tells age, gender and race for the selection</source>
        <translation>估计年龄、性别和种族，用于选择</translation>
    </message>
    <message>
        <source>Finds faces</source>
        <translation>查找人脸</translation>
    </message>
    <message>
        <source>Places points on a face</source>
        <translation>定位人脸关键点</translation>
    </message>
    <message>
        <source>Masks what covers a face, and its parts</source>
        <translation>遮罩人脸的遮挡物和各部位</translation>
    </message>
    <message>
        <source>Tells people apart</source>
        <translation>区分人物</translation>
    </message>
    <message>
        <source>Changes age</source>
        <translation>改变年龄</translation>
    </message>
    <message>
        <source>Removes the background</source>
        <translation>移除背景</translation>
    </message>
    <message>
        <source>Keeps the expression</source>
        <translation>保留表情</translation>
    </message>
    <message>
        <source>Edits a face</source>
        <translation>编辑人脸</translation>
    </message>
    <message>
        <source>Restores a face</source>
        <translation>修复人脸</translation>
    </message>
    <message>
        <source>Swaps faces</source>
        <translation>换脸</translation>
    </message>
    <message>
        <source>Colours frames</source>
        <translation>为画面上色</translation>
    </message>
    <message>
        <source>Enlarges frames</source>
        <translation>放大画面</translation>
    </message>
    <message>
        <source>Moves lips to a voice</source>
        <translation>让嘴唇跟随语音</translation>
    </message>
    <message>
        <source>Takes a voice out of sound</source>
        <translation>从声音中提取人声</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Looking at what is here…</source>
        <translation>正在查看已有的内容…</translation>
    </message>
    <message>
        <source>Fetching the program</source>
        <translation>正在下载程序</translation>
    </message>
    <message>
        <source>Fetching what it runs on</source>
        <translation>正在下载运行所需的软件包</translation>
    </message>
    <message>
        <source>Unpacking…</source>
        <translation>正在解包…</translation>
    </message>
    <message>
        <source>Fetching models</source>
        <translation>正在下载模型</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>正在完成…</translation>
    </message>
    <message>
        <source>Not for commercial use</source>
        <translation>不得用于商业用途</translation>
    </message>
    <message>
        <source>Unknown, so not for commercial use</source>
        <translation>未知，因此不得用于商业用途</translation>
    </message>
    <message>
        <source>{0}, not for commercial use</source>
        <translation>{0}，不得用于商业用途</translation>
    </message>
    <message>
        <source>{0}: {1} ({2} of {3})</source>
        <translation>{0}：{1}（{2} / {3}）</translation>
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
        <source>Some models of this look are not for commercial use.</source>
        <translation>此效果的部分模型不得用于商业用途。</translation>
    </message>
    <message>
        <source>Press Render: you are asked once whether you agree to their licences.</source>
        <translation>按“渲染”后会询问一次是否同意其许可。</translation>
    </message>
    <message>
        <source>This video has no sound that lips could follow.</source>
        <translation>此视频没有可供嘴唇跟随的声音。</translation>
    </message>
    <message>
        <source>Put the sound into the video first, or leave out the lip sync.</source>
        <translation>请先为视频加入声音，或不使用口型同步。</translation>
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
        <source>The receiver did not take the message.</source>
        <translation>接收方没有收下消息。</translation>
    </message>
    <message>
        <source>Check its address and its password, then send a test.</source>
        <translation>请检查其地址和密码，然后发送测试消息。</translation>
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
        <source>An instance could not do what it was asked.</source>
        <translation>某个实例无法完成要求的操作。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, look at “Report a problem”.</source>
        <translation>请重试；如果仍然如此，请查看“报告问题”。</translation>
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
        <source>FaceFusion, or a model of it, is not installed here.</source>
        <translation>此处未安装 FaceFusion 或其某个模型。</translation>
    </message>
    <message>
        <source>Install it under Settings, Engine.</source>
        <translation>请在“设置”的“引擎”中安装。</translation>
    </message>
    <message>
        <source>FaceFusion is not installed here.</source>
        <translation>此处未安装 FaceFusion。</translation>
    </message>
    <message>
        <source>FaceFusion is not published for this system.</source>
        <translation>FaceFusion 没有适用于此系统的版本。</translation>
    </message>
    <message>
        <source>Render on rented machines, or choose another engine.</source>
        <translation>请在租用的机器上渲染，或选择其他引擎。</translation>
    </message>
    <message>
        <source>Some parts of FaceFusion are not for commercial use.</source>
        <translation>FaceFusion 的部分内容不得用于商业用途。</translation>
    </message>
    <message>
        <source>Read the licences, then accept them to install.</source>
        <translation>请阅读许可，接受后再安装。</translation>
    </message>
    <message>
        <source>A part of FaceFusion does not arrive.</source>
        <translation>FaceFusion 的某个部分无法下载。</translation>
    </message>
    <message>
        <source>Check the connection, or choose a mirror or a folder, then go on: nothing is lost.</source>
        <translation>请检查网络连接，或选择镜像或文件夹，然后继续：不会丢失任何内容。</translation>
    </message>
    <message>
        <source>A part of FaceFusion is not where it was looked for.</source>
        <translation>FaceFusion 的某个部分不在应有的位置。</translation>
    </message>
    <message>
        <source>Choose another mirror, or a folder that holds the file, then go on.</source>
        <translation>请选择其他镜像，或含有该文件的文件夹，然后继续。</translation>
    </message>
    <message>
        <source>A part of FaceFusion does not arrive in the cluster.</source>
        <translation>FaceFusion 的一部分没有到达集群。</translation>
    </message>
    <message>
        <source>Let the cluster’s pods reach the internet, or bring the files from this computer in the terminal: secondunit kubernetes engine --bring.</source>
        <translation>请让集群的 Pod 能访问互联网，或在终端中从这台电脑传送文件：secondunit kubernetes engine --bring。</translation>
    </message>
    <message>
        <source>Bring the files from this computer in the terminal: secondunit kubernetes engine --bring.</source>
        <translation>请在终端中从这台电脑传送文件：secondunit kubernetes engine --bring。</translation>
    </message>
    <message>
        <source>There is no room on the cluster’s volume for FaceFusion.</source>
        <translation>集群的卷上没有足够空间安装 FaceFusion。</translation>
    </message>
    <message>
        <source>Make the volume claim larger, then go on: what has arrived is used.</source>
        <translation>请扩大卷声明后继续：已到达的内容会被使用。</translation>
    </message>
    <message>
        <source>The volume cannot be written to.</source>
        <translation>无法写入该卷。</translation>
    </message>
    <message>
        <source>Give the agents’ user, 10001, the right to write there, or choose another volume.</source>
        <translation>请给代理的用户（10001）写入权限，或选择另一个卷。</translation>
    </message>
    <message>
        <source>FaceFusion is not published for what the agents’ image is.</source>
        <translation>FaceFusion 没有针对代理镜像所用系统的发布版本。</translation>
    </message>
    <message>
        <source>Build the image with another Python or for another system.</source>
        <translation>请用另一个 Python 版本或为另一个系统构建镜像。</translation>
    </message>
    <message>
        <source>No pod of the installation runs in the cluster.</source>
        <translation>集群中没有运行安装任务的 Pod。</translation>
    </message>
    <message>
        <source>See whether the volume can be had by the cluster’s nodes and its image be pulled; then install again.</source>
        <translation>请检查集群节点能否使用该卷、能否拉取镜像，然后重新安装。</translation>
    </message>
    <message>
        <source>The installation is no longer in the cluster.</source>
        <translation>安装任务已不在集群中。</translation>
    </message>
    <message>
        <source>Install again: what has arrived on the volume is used.</source>
        <translation>请重新安装：已到达卷上的内容会被使用。</translation>
    </message>
    <message>
        <source>A part of FaceFusion is not the file it should be.</source>
        <translation>FaceFusion 的某个部分不是应有的文件。</translation>
    </message>
    <message>
        <source>Try another mirror. If it stays, the file was changed where it is published.</source>
        <translation>请换一个镜像。如果仍然如此，说明发布处的文件已被更改。</translation>
    </message>
    <message>
        <source>There is no room on the disk for FaceFusion.</source>
        <translation>磁盘空间不足以存放 FaceFusion。</translation>
    </message>
    <message>
        <source>Free some space, then go on: what has arrived is used.</source>
        <translation>请释放一些空间，然后继续：已下载的内容会继续使用。</translation>
    </message>
    <message>
        <source>It was stopped; what has arrived is kept.</source>
        <translation>已停止，已下载的内容已保留。</translation>
    </message>
    <message>
        <source>Go on whenever you like.</source>
        <translation>可随时继续。</translation>
    </message>
    <message>
        <source>FaceFusion is being installed by another process.</source>
        <translation>另一个进程正在安装 FaceFusion。</translation>
    </message>
    <message>
        <source>Wait for it to end, or look at the other window.</source>
        <translation>请等待其结束，或查看另一个窗口。</translation>
    </message>
    <message>
        <source>The Python that FaceFusion runs in does not work.</source>
        <translation>运行 FaceFusion 的 Python 无法使用。</translation>
    </message>
    <message>
        <source>Remove FaceFusion under Settings, Engine, and install it.</source>
        <translation>请在“设置”的“引擎”中移除 FaceFusion，然后重新安装。</translation>
    </message>
    <message>
        <source>FaceFusion could not be installed.</source>
        <translation>FaceFusion 未能安装。</translation>
    </message>
    <message>
        <source>Go on under Settings, Engine: what has arrived is used.</source>
        <translation>请在“设置”的“引擎”中继续：已下载的内容会继续使用。</translation>
    </message>
    <message>
        <source>The cluster cannot start the pods that render.</source>
        <translation>集群无法启动用于渲染的 Pod。</translation>
    </message>
    <message>
        <source>Mend the image, Secret or volume, then render again.</source>
        <translation>请修正镜像、Secret 或存储卷，然后重新渲染。</translation>
    </message>
    <message>
        <source>Nobody applied the manifests of the pods in time.</source>
        <translation>没有人及时应用 Pod 的清单。</translation>
    </message>
    <message>
        <source>Have them applied, then render again: what is staged is kept.</source>
        <translation>请让人应用清单，然后重新渲染：已准备好的内容会保留。</translation>
    </message>
    <message>
        <source>The cluster makes no pods for the render.</source>
        <translation>集群没有为这次渲染创建 Pod。</translation>
    </message>
    <message>
        <source>Ask whoever runs it: a quota is used up, or a priority class is missing.</source>
        <translation>请询问集群管理员：配额已用完，或缺少优先级类。</translation>
    </message>
    <message>
        <source>The cluster found no node for the pods that render.</source>
        <translation>集群没有找到可运行渲染 Pod 的节点。</translation>
    </message>
    <message>
        <source>See whether its spot nodes can grow and fit what is asked for.</source>
        <translation>请检查竞价节点能否扩容，以及是否符合要求。</translation>
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
    <name>FaceFusion</name>
    <message>
        <source>Swap faces</source>
        <translation>换脸</translation>
    </message>
    <message>
        <source>Swapper model</source>
        <translation>换脸模型</translation>
    </message>
    <message>
        <source>Resolution of the face</source>
        <translation>人脸分辨率</translation>
    </message>
    <message>
        <source>Own likeness kept</source>
        <translation>保留原来相貌的程度</translation>
    </message>
    <message>
        <source>Enhance faces</source>
        <translation>增强人脸</translation>
    </message>
    <message>
        <source>Enhancer model</source>
        <translation>增强模型</translation>
    </message>
    <message>
        <source>Strength of the enhancement</source>
        <translation>增强强度</translation>
    </message>
    <message>
        <source>Faithfulness of CodeFormer</source>
        <translation>CodeFormer 的忠实度</translation>
    </message>
    <message>
        <source>Kinds of mask</source>
        <translation>遮罩种类</translation>
    </message>
    <message>
        <source>Softness of the edge</source>
        <translation>边缘柔和度</translation>
    </message>
    <message>
        <source>Left off: top, right, bottom, left</source>
        <translation>留出边缘：上、右、下、左</translation>
    </message>
    <message>
        <source>Areas that are put on</source>
        <translation>换上的区域</translation>
    </message>
    <message>
        <source>Parts that are put on</source>
        <translation>换上的部位</translation>
    </message>
    <message>
        <source>What covers a face is seen by</source>
        <translation>识别遮挡的模型</translation>
    </message>
    <message>
        <source>Parts of a face are seen by</source>
        <translation>识别部位的模型</translation>
    </message>
    <message>
        <source>Worked on</source>
        <translation>处理对象</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Gender, as estimated</source>
        <translation>性别（估计）</translation>
    </message>
    <message>
        <source>Appearance, as estimated</source>
        <translation>外貌（估计）</translation>
    </message>
    <message>
        <source>Age from, as estimated</source>
        <translation>最小年龄（估计）</translation>
    </message>
    <message>
        <source>Age to, as estimated</source>
        <translation>最大年龄（估计）</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>检测模型</translation>
    </message>
    <message>
        <source>Size that is looked at</source>
        <translation>检测尺寸</translation>
    </message>
    <message>
        <source>Margin: top, right, bottom, left</source>
        <translation>边距：上、右、下、左</translation>
    </message>
    <message>
        <source>Turned pictures, too</source>
        <translation>同时检测旋转的画面</translation>
    </message>
    <message>
        <source>How sure a face must be</source>
        <translation>人脸的最低可信度</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>关键点</translation>
    </message>
    <message>
        <source>How sure landmarks must be</source>
        <translation>关键点的最低可信度</translation>
    </message>
    <message>
        <source>Follow faces over gaps</source>
        <translation>跨间断跟踪人脸</translation>
    </message>
    <message>
        <source>Frames looked at around each</source>
        <translation>每帧前后查看的帧数</translation>
    </message>
    <message>
        <source>Restore the expression</source>
        <translation>还原表情</translation>
    </message>
    <message>
        <source>How far it is restored</source>
        <translation>还原程度</translation>
    </message>
    <message>
        <source>Where it is restored</source>
        <translation>还原的区域</translation>
    </message>
    <message>
        <source>Change the age</source>
        <translation>改变年龄</translation>
    </message>
    <message>
        <source>Age model</source>
        <translation>年龄模型</translation>
    </message>
    <message>
        <source>Younger or older</source>
        <translation>更年轻或更年长</translation>
    </message>
    <message>
        <source>Edit the face</source>
        <translation>编辑人脸</translation>
    </message>
    <message>
        <source>Move lips to the sound</source>
        <translation>让嘴唇跟随声音</translation>
    </message>
    <message>
        <source>Lip model</source>
        <translation>口型模型</translation>
    </message>
    <message>
        <source>How far lips move</source>
        <translation>嘴唇动作幅度</translation>
    </message>
    <message>
        <source>Model that hears the voice</source>
        <translation>识别人声的模型</translation>
    </message>
    <message>
        <source>Colour black and white</source>
        <translation>为黑白画面上色</translation>
    </message>
    <message>
        <source>Colour model</source>
        <translation>上色模型</translation>
    </message>
    <message>
        <source>Size at which colours are made</source>
        <translation>上色时的尺寸</translation>
    </message>
    <message>
        <source>Strength of the colours</source>
        <translation>上色强度</translation>
    </message>
    <message>
        <source>Enhance the whole picture</source>
        <translation>增强整个画面</translation>
    </message>
    <message>
        <source>Picture model</source>
        <translation>画面模型</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Replace the background</source>
        <translation>替换背景</translation>
    </message>
    <message>
        <source>Background model</source>
        <translation>背景模型</translation>
    </message>
    <message>
        <source>Colour of the background</source>
        <translation>背景颜色</translation>
    </message>
    <message>
        <source>Colour cast removed: red, green, blue, strength</source>
        <translation>去除的偏色：红、绿、蓝、强度</translation>
    </message>
    <message>
        <source>Eyebrows</source>
        <translation>眉毛</translation>
    </message>
    <message>
        <source>Gaze, sideways</source>
        <translation>视线（左右）</translation>
    </message>
    <message>
        <source>Gaze, up and down</source>
        <translation>视线（上下）</translation>
    </message>
    <message>
        <source>Eyes open</source>
        <translation>睁眼</translation>
    </message>
    <message>
        <source>Lips open</source>
        <translation>张嘴</translation>
    </message>
    <message>
        <source>Grim mouth</source>
        <translation>抿嘴</translation>
    </message>
    <message>
        <source>Pout</source>
        <translation>撅嘴</translation>
    </message>
    <message>
        <source>Pursed lips</source>
        <translation>收唇</translation>
    </message>
    <message>
        <source>Smile</source>
        <translation>微笑</translation>
    </message>
    <message>
        <source>Mouth, sideways</source>
        <translation>嘴（左右）</translation>
    </message>
    <message>
        <source>Mouth, up and down</source>
        <translation>嘴（上下）</translation>
    </message>
    <message>
        <source>Head, nodding</source>
        <translation>头部（俯仰）</translation>
    </message>
    <message>
        <source>Head, turning</source>
        <translation>头部（转动）</translation>
    </message>
    <message>
        <source>Head, tilting</source>
        <translation>头部（倾斜）</translation>
    </message>
    <message>
        <source>Which model makes the new face. Its licence, as FaceFusion labels it, stands beside it.</source>
        <translation>由哪个模型生成新人脸。旁边是 FaceFusion 为其标注的许可。</translation>
    </message>
    <message>
        <source>A face close to the camera needs more; each step takes longer.</source>
        <translation>靠近镜头的人脸需要更高的分辨率；每提高一级，耗时更长。</translation>
    </message>
    <message>
        <source>More of it keeps some of the person&apos;s own face.</source>
        <translation>数值越大，越保留此人原来的人脸。</translation>
    </message>
    <message>
        <source>Draws each face anew, sharper than the swap leaves it. Takes longer.</source>
        <translation>重新绘制每张人脸，比换脸结果更清晰。耗时更长。</translation>
    </message>
    <message>
        <source>More keeps to what is there; less invents more detail.</source>
        <translation>数值越大，越忠于原有内容；越小，补充的细节越多。</translation>
    </message>
    <message>
        <source>Box fades the edges. Occlusion leaves hands and hair in front of a face. Area and region put on only what is chosen.</source>
        <translation>方框使边缘渐隐。遮挡让手和头发留在人脸前面。区域和部位只换上所选的部分。</translation>
    </message>
    <message>
        <source>How much is left off at each side of the face, as a percentage.</source>
        <translation>人脸每侧留出的比例，以百分比表示。</translation>
    </message>
    <message>
        <source>Second Unit follows the people that you cast. The others let FaceFusion choose in each frame, and put the first face that you cast on them.</source>
        <translation>Second Unit 跟踪你指定的人物。其他选项由 FaceFusion 在每帧中选择，并换上你指定的第一张人脸。</translation>
    </message>
    <message>
        <source>FaceFusion&apos;s own words, and a guess from a picture; it is often wrong.</source>
        <translation>FaceFusion 自己的用词，由画面猜测得出，经常出错。</translation>
    </message>
    <message>
        <source>Finds faces that lie on their side or upside down. Takes longer.</source>
        <translation>可找到横躺或倒置的人脸。耗时更长。</translation>
    </message>
    <message>
        <source>Above zero, a face that is lost for a few frames is filled in.</source>
        <translation>大于零时，会补全丢失几帧的人脸。</translation>
    </message>
    <message>
        <source>Brings back the expression that the person had before the swap.</source>
        <translation>恢复此人换脸前的表情。</translation>
    </message>
    <message>
        <source>Lips follow the sound of the video, such as a dubbed one.</source>
        <translation>嘴唇跟随视频的声音，例如配音。</translation>
    </message>
    <message>
        <source>Sharpens the whole picture; the video keeps its size.</source>
        <translation>使整个画面更清晰；视频尺寸不变。</translation>
    </message>
    <message>
        <source>Puts one colour behind the people, to be keyed out later.</source>
        <translation>在人物身后放置单一颜色，便于之后抠像。</translation>
    </message>
    <message>
        <source>{0} – {1}</source>
        <translation>{0} – {1}</translation>
    </message>
    <message>
        <source>The people that are cast</source>
        <translation>指定了人脸的人物</translation>
    </message>
    <message>
        <source>Every face</source>
        <translation>每张人脸</translation>
    </message>
    <message>
        <source>One face in each frame</source>
        <translation>每帧一张人脸</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>As the source face</source>
        <translation>与素材人脸相同</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>女</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>男</translation>
    </message>
    <message>
        <source>Leftmost first</source>
        <translation>从左到右</translation>
    </message>
    <message>
        <source>Rightmost first</source>
        <translation>从右到左</translation>
    </message>
    <message>
        <source>Topmost first</source>
        <translation>从上到下</translation>
    </message>
    <message>
        <source>Lowest first</source>
        <translation>从下到上</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>从小到大</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>从大到小</translation>
    </message>
    <message>
        <source>Surest first</source>
        <translation>可信度从高到低</translation>
    </message>
    <message>
        <source>Least sure first</source>
        <translation>可信度从低到高</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Both of them</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Occlusion</source>
        <translation>遮挡</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>部位</translation>
    </message>
    <message>
        <source>Upper face</source>
        <translation>上半脸</translation>
    </message>
    <message>
        <source>Lower face</source>
        <translation>下半脸</translation>
    </message>
    <message>
        <source>Mouth</source>
        <translation>嘴</translation>
    </message>
    <message>
        <source>Skin</source>
        <translation>皮肤</translation>
    </message>
    <message>
        <source>Left eyebrow</source>
        <translation>左眉</translation>
    </message>
    <message>
        <source>Right eyebrow</source>
        <translation>右眉</translation>
    </message>
    <message>
        <source>Left eye</source>
        <translation>左眼</translation>
    </message>
    <message>
        <source>Right eye</source>
        <translation>右眼</translation>
    </message>
    <message>
        <source>Glasses</source>
        <translation>眼镜</translation>
    </message>
    <message>
        <source>Nose</source>
        <translation>鼻子</translation>
    </message>
    <message>
        <source>Upper lip</source>
        <translation>上唇</translation>
    </message>
    <message>
        <source>Lower lip</source>
        <translation>下唇</translation>
    </message>
    <message>
        <source>{0}°</source>
        <translation>{0}°</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>换脸</translation>
    </message>
    <message>
        <source>Enhancement</source>
        <translation>增强</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>遮罩</translation>
    </message>
    <message>
        <source>Whose faces</source>
        <translation>处理哪些人脸</translation>
    </message>
    <message>
        <source>How faces are found</source>
        <translation>如何查找人脸</translation>
    </message>
    <message>
        <source>What is done, in this order</source>
        <translation>处理步骤及顺序</translation>
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
        <source>FaceFusion</source>
        <translation>FaceFusion</translation>
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
        <source>{0}, onnxruntime {1}, {2} models</source>
        <translation>{0}，onnxruntime {1}，{2} 个模型</translation>
    </message>
    <message>
        <source>install it under Settings, Engine, or by “{0}”</source>
        <translation>请在“设置”的“引擎”中安装，或运行“{0}”</translation>
    </message>
    <message>
        <source>models of the default settings are missing: {0}</source>
        <translation>缺少默认设置所需的模型：{0}</translation>
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
    <name>ImageCard</name>
    <message>
        <source>Remove the image</source>
        <translation>移除镜像</translation>
    </message>
    <message>
        <source>With FaceFusion; it then takes up to an hour</source>
        <translation>包含 FaceFusion，最长需要一小时</translation>
    </message>
    <message>
        <source>Making the image</source>
        <translation>制作镜像</translation>
    </message>
    <message>
        <source>It takes about ten minutes and a few cents. You can close this page; what was begun is removed if it is not finished.</source>
        <translation>约需十分钟和几美分。可以关闭此页；未完成的内容会被移除。</translation>
    </message>
    <message>
        <source>Looking for an image of yours…</source>
        <translation>正在查找你的镜像…</translation>
    </message>
    <message>
        <source>From an image of your own, which has all that a worker needs, an instance begins sooner. Making one takes about ten minutes and a few cents; keeping it costs some dollars a month at most.</source>
        <translation>使用你自己的镜像时，工作所需的一切都已就绪，实例启动更快。制作约需十分钟和几美分；保留每月最多几美元。</translation>
    </message>
    <message>
        <source>Instances begin from your own image, with FaceFusion. It costs {0} a month.</source>
        <translation>实例从你自己的镜像启动，包含 FaceFusion。每月费用 {0}。</translation>
    </message>
    <message>
        <source>Instances begin from your own image. Keeping it costs {0} a month.</source>
        <translation>实例从你自己的镜像启动。保留每月费用 {0}。</translation>
    </message>
    <message>
        <source>Your image is of another version and is not used. Keeping it costs {0} a month.</source>
        <translation>你的镜像属于其他版本，未使用。保留每月费用 {0}。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Make it anew</source>
        <translation>重新制作</translation>
    </message>
    <message>
        <source>Make an image</source>
        <translation>制作镜像</translation>
    </message>
    <message>
        <source>Ending the instance…</source>
        <translation>正在结束实例…</translation>
    </message>
    <message>
        <source>Sending the packages, once…</source>
        <translation>正在发送软件包（仅一次）…</translation>
    </message>
    <message>
        <source>Launching an instance…</source>
        <translation>正在启动实例…</translation>
    </message>
    <message>
        <source>Waiting for the instance…</source>
        <translation>正在等待实例…</translation>
    </message>
    <message>
        <source>Installing…</source>
        <translation>正在安装…</translation>
    </message>
    <message>
        <source>AWS makes the image…</source>
        <translation>AWS 正在制作镜像…</translation>
    </message>
    <message>
        <source>Stopped. Nothing of it is left.</source>
        <translation>已停止，没有留下任何内容。</translation>
    </message>
    <message>
        <source>The image is there.</source>
        <translation>镜像已就绪。</translation>
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
    <name>KubernetesPage</name>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>Second Unit can render on the GPU nodes of a cluster of yours. Pods take pieces of the video from a queue, and go on when this computer is switched off.</source>
        <translation>Second Unit 可以在你集群的 GPU 节点上渲染。Pod 从队列领取视频片段，这台电脑关机后也会继续。</translation>
    </message>
    <message>
        <source>There is no kubeconfig on this computer. When &apos;kubectl&apos; works here, its clusters are offered.</source>
        <translation>这台电脑上没有 kubeconfig。当“kubectl”可用时，会列出其中的集群。</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Keys of the pods</source>
        <translation>Pod 的密钥</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>渲染 Pod</translation>
    </message>
    <message>
        <source>Keep these keys</source>
        <translation>保存这些密钥</translation>
    </message>
    <message>
        <source>Examine the cluster</source>
        <translation>检查集群</translation>
    </message>
    <message>
        <source>Install FaceFusion…</source>
        <translation>安装 FaceFusion…</translation>
    </message>
    <message>
        <source>The cluster is being asked</source>
        <translation>正在询问集群</translation>
    </message>
    <message>
        <source>Empty: AWS itself.</source>
        <translation>留空：AWS 本身。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Of your kubeconfig.</source>
        <translation>来自你的 kubeconfig。</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>How spot nodes are told from others.</source>
        <translation>如何区分竞价节点与其他节点。</translation>
    </message>
    <message>
        <source>Image of the agent</source>
        <translation>渲染程序的镜像</translation>
    </message>
    <message>
        <source>By its digest, such as registry/agent@sha256:…</source>
        <translation>按摘要指定，例如 registry/agent@sha256:…</translation>
    </message>
    <message>
        <source>Keep pieces in</source>
        <translation>片段存放于</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>存储桶</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Of bucket and queue.</source>
        <translation>存储桶和队列所在的区域。</translation>
    </message>
    <message>
        <source>Address of the storage</source>
        <translation>存储地址</translation>
    </message>
    <message>
        <source>Volume claim</source>
        <translation>存储卷声明</translation>
    </message>
    <message>
        <source>That every pod can mount.</source>
        <translation>每个 Pod 都能挂载。</translation>
    </message>
    <message>
        <source>Folder here</source>
        <translation>本机文件夹</translation>
    </message>
    <message>
        <source>Where this computer mounts the same volume.</source>
        <translation>这台电脑挂载同一存储卷的位置。</translation>
    </message>
    <message>
        <source>Volume with FaceFusion</source>
        <translation>装有 FaceFusion 的存储卷</translation>
    </message>
    <message>
        <source>A claim that it is installed on; pods only read it. Empty: no FaceFusion.</source>
        <translation>已在其上安装 FaceFusion 的存储卷声明；Pod 只读取它。留空：不使用 FaceFusion。</translation>
    </message>
    <message>
        <source>Queue by</source>
        <translation>队列类型</translation>
    </message>
    <message>
        <source>Address of the queue</source>
        <translation>队列地址</translation>
    </message>
    <message>
        <source>Of RabbitMQ: amqps://user@host:5671/vhost. Of SQS, empty: AWS itself.</source>
        <translation>RabbitMQ：amqps://user@host:5671/vhost。SQS 留空：AWS 本身。</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>A PEM file of who signs those of storage and queue, where that is an authority of your own. Pods get a copy. Empty: whom everybody trusts.</source>
        <translation>如果存储和队列的证书由自有机构签发，请填写该机构的 PEM 文件。Pod 会得到一份副本。留空：公认的机构。</translation>
    </message>
    <message>
        <source>Jobs are applied by</source>
        <translation>由谁应用 Job</translation>
    </message>
    <message>
        <source>Others: the manifests of each video are written to a file, and nothing is changed in the cluster from here. For new videos.</source>
        <translation>他人：每个视频的清单写入文件，本应用不改动集群。仅对新视频有效。</translation>
    </message>
    <message>
        <source>Folder of the manifests</source>
        <translation>清单文件夹</translation>
    </message>
    <message>
        <source>Such as one that Argo CD or Flux applies. Empty: a folder of the app’s own.</source>
        <translation>例如由 Argo CD 或 Flux 应用的文件夹。留空：应用自己的文件夹。</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Secret</translation>
    </message>
    <message>
        <source>In the namespace. Empty: one is made of the keys below, if any are kept.</source>
        <translation>位于该命名空间。留空：如已保存下方密钥，则由其创建。</translation>
    </message>
    <message>
        <source>Service account</source>
        <translation>服务账户</translation>
    </message>
    <message>
        <source>With a workload identity, pods need no keys.</source>
        <translation>使用工作负载身份时，Pod 无需密钥。</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>访问密钥 ID</translation>
    </message>
    <message>
        <source>Kept in your system’s password store.</source>
        <translation>保存在系统密码库中。</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>秘密访问密钥</translation>
    </message>
    <message>
        <source>Password of the queue</source>
        <translation>队列密码</translation>
    </message>
    <message>
        <source>RabbitMQ only.</source>
        <translation>仅用于 RabbitMQ。</translation>
    </message>
    <message>
        <source>Pods side by side</source>
        <translation>并行 Pod 数</translation>
    </message>
    <message>
        <source>For new videos.</source>
        <translation>适用于新视频。</translation>
    </message>
    <message>
        <source>GPUs of each pod</source>
        <translation>每个 Pod 的 GPU 数</translation>
    </message>
    <message>
        <source>0: pods render on the processor.</source>
        <translation>0：Pod 在处理器上渲染。</translation>
    </message>
    <message>
        <source>Pods on demand</source>
        <translation>按需 Pod 数</translation>
    </message>
    <message>
        <source>At most, where a video may fall back on nodes that nobody takes back.</source>
        <translation>上限；仅当视频可以改用不会被收回的节点时。</translation>
    </message>
    <message>
        <source>Priority class</source>
        <translation>优先级类</translation>
    </message>
    <message>
        <source>Of the pods. Empty: as the cluster has it.</source>
        <translation>用于 Pod。留空：按集群的设置。</translation>
    </message>
    <message>
        <source>Priority class of urgent videos</source>
        <translation>紧急视频的优先级类</translation>
    </message>
    <message>
        <source>By it their pods take the room of others. Empty: as all others.</source>
        <translation>紧急视频的 Pod 凭它优先占用资源。留空：与其他视频相同。</translation>
    </message>
    <message>
        <source>Google GKE, spot</source>
        <translation>Google GKE，竞价</translation>
    </message>
    <message>
        <source>Amazon EKS, managed node groups</source>
        <translation>Amazon EKS，托管节点组</translation>
    </message>
    <message>
        <source>Karpenter</source>
        <translation>Karpenter</translation>
    </message>
    <message>
        <source>Alibaba ACK, spot</source>
        <translation>阿里云 ACK，竞价</translation>
    </message>
    <message>
        <source>Any node, or labels set in the terminal</source>
        <translation>任意节点，或在终端中设置的标签</translation>
    </message>
    <message>
        <source>A bucket</source>
        <translation>存储桶</translation>
    </message>
    <message>
        <source>A volume, such as NFS</source>
        <translation>存储卷，例如 NFS</translation>
    </message>
    <message>
        <source>Second Unit</source>
        <translation>Second Unit</translation>
    </message>
    <message>
        <source>Others, as by GitOps</source>
        <translation>他人，例如通过 GitOps</translation>
    </message>
    <message>
        <source>Type the keys first.</source>
        <translation>请先输入密钥。</translation>
    </message>
    <message>
        <source>The keys are kept.</source>
        <translation>密钥已保存。</translation>
    </message>
    <message>
        <source>Asking the cluster…</source>
        <translation>正在询问集群…</translation>
    </message>
    <message>
        <source>Name the volume with FaceFusion first.</source>
        <translation>请先填写存放 FaceFusion 的卷。</translation>
    </message>
    <message>
        <source>Videos can be rendered in this cluster.</source>
        <translation>可以在此集群中渲染视频。</translation>
    </message>
</context>
<context>
    <name>Licences</name>
    <message>
        <source>These models are not for commercial use</source>
        <translation>这些模型不得用于商业用途</translation>
    </message>
    <message>
        <source>Agree and render</source>
        <translation>同意并渲染</translation>
    </message>
    <message>
        <source>Do not render</source>
        <translation>不渲染</translation>
    </message>
    <message>
        <source>FaceFusion labels models of this look as not for commercial use. What exactly each licence allows is said by those who made the model. FaceFusion itself is labelled {0}.</source>
        <translation>FaceFusion 将此效果的部分模型标注为不得用于商业用途。每项许可具体允许什么，由模型作者说明。FaceFusion 本身的标注为 {0}。</translation>
    </message>
    <message>
        <source>By agreeing you say that you keep to these licences. It is asked once for each of them.</source>
        <translation>同意即表示你将遵守这些许可。每项许可只询问一次。</translation>
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
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
</context>
<context>
    <name>MailForm</name>
    <message>
        <source>To</source>
        <translation>收件人</translation>
    </message>
    <message>
        <source>From</source>
        <translation>发件人</translation>
    </message>
    <message>
        <source>Sent by</source>
        <translation>发送方式</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>邮件服务器</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>A mail server</source>
        <translation>邮件服务器</translation>
    </message>
    <message>
        <source>Amazon SES</source>
        <translation>Amazon SES</translation>
    </message>
    <message>
        <source>None, and no password</source>
        <translation>无加密，不用密码</translation>
    </message>
    <message>
        <source>Add the e-mail</source>
        <translation>添加邮件</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>It is being kept</source>
        <translation>正在保存</translation>
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
    <name>NotifyPage</name>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Have a program or people told when a render is done, fails, reaches its budget or needs you. Each message to a program is signed; what could not be sent is tried again for two days, also after a restart.</source>
        <translation>渲染完成、失败、达到预算或需要你处理时，通知程序或其他人。发给程序的每条消息都带签名；未能发出的消息会在两天内重试，重新启动后也会继续。</translation>
    </message>
    <message>
        <source>Nobody is told yet.</source>
        <translation>尚未设置任何接收方。</translation>
    </message>
    <message>
        <source>Add a webhook…</source>
        <translation>添加 Webhook…</translation>
    </message>
    <message>
        <source>Add an e-mail…</source>
        <translation>添加邮件…</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Messages are being sent</source>
        <translation>正在发送消息</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
    <message>
        <source>The test was taken.</source>
        <translation>测试消息已被接收。</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are tried again.</source>
        <translation>
            <numerusform>正在重试 %n 条消息。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were given up.</source>
        <translation>
            <numerusform>已放弃 %n 条消息。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NumbersRow</name>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>{0} ({1})</source>
        <translation>{0}（{1}）</translation>
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
    <message>
        <source>FaceFusion</source>
        <translation>FaceFusion</translation>
    </message>
    <message>
        <source>FaceFusion, faces enhanced</source>
        <translation>FaceFusion，增强人脸</translation>
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
        <source>Urgent: render before the others</source>
        <translation>紧急：先于其他视频渲染</translation>
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
        <source>Copy the address to watch it from elsewhere</source>
        <translation>复制地址，以便在别处观看</translation>
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
        <source>This render has no address yet.</source>
        <translation>此渲染还没有地址。</translation>
    </message>
    <message>
        <source>Try again once its first piece is uploaded.</source>
        <translation>首个片段上传后请重试。</translation>
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
        <source>In {0}. Compare regions…</source>
        <translation>在{0}渲染。比较区域…</translation>
    </message>
    <message>
        <source>See what this video takes and costs in each region.</source>
        <translation>查看此视频在各区域所需的时间和费用。</translation>
    </message>
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
    <name>ReceiverCard</name>
    <message>
        <source>Webhook</source>
        <translation>Webhook</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Budget reached</source>
        <translation>达到预算</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>{0}: tell {1}</source>
        <translation>{0}：通知{1}</translation>
    </message>
    <message>
        <source>Language of messages to {0}</source>
        <translation>发给 {0} 的消息语言</translation>
    </message>
    <message>
        <source>Send a test</source>
        <translation>发送测试消息</translation>
    </message>
    <message>
        <source>Send a test to {0}</source>
        <translation>向 {0} 发送测试消息</translation>
    </message>
    <message>
        <source>Tell {0} no more</source>
        <translation>不再通知 {0}</translation>
    </message>
    <message>
        <source>A test is being sent</source>
        <translation>正在发送测试消息</translation>
    </message>
    <message>
        <source>Choose at least one, or remove the receiver.</source>
        <translation>请至少选择一项，或移除此接收方。</translation>
    </message>
</context>
<context>
    <name>RegionsDialog</name>
    <message>
        <source>Compare regions</source>
        <translation>比较区域</translation>
    </message>
    <message>
        <source>What “{0}” takes and costs now in each region, with as many instances as are chosen. Prices of spot instances differ and change.</source>
        <translation>按所选实例数量，“{0}”目前在各区域所需的时间和费用。竞价实例的价格各不相同，并会变动。</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Cheapest type</source>
        <translation>最便宜的类型</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Availability</source>
        <translation>可得性</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>How likely AWS gives such instances, from 1 to 10, as it says itself.</source>
        <translation>AWS 自己给出的获得此类实例的可能性，从 1 到 10。</translation>
    </message>
    <message>
        <source>Regions, the cheapest first</source>
        <translation>区域，最便宜的在前</translation>
    </message>
    <message>
        <source>Regions that have answered</source>
        <translation>已答复的区域</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0} – in use</source>
        <translation>{0} – 使用中</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>{0}: not set up yet; that is done when you choose it.</source>
        <translation>{0}：尚未设置；选择它时会进行设置。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新询问</translation>
    </message>
    <message>
        <source>Set up and render there</source>
        <translation>设置并在该区域渲染</translation>
    </message>
    <message>
        <source>Render there</source>
        <translation>在该区域渲染</translation>
    </message>
    <message>
        <source>Setting the account up in {0}…</source>
        <translation>正在{0}设置账户…</translation>
    </message>
    <message>
        <source>{0} of {1} regions have answered.</source>
        <translation>{1} 个区域中已有 {0} 个答复。</translation>
    </message>
    <message>
        <source>Stopped. The regions that had answered by then are shown.</source>
        <translation>已停止。显示的是在此之前答复的区域。</translation>
    </message>
    <message>
        <source>The video is rendered there already.</source>
        <translation>该视频已在那里渲染。</translation>
    </message>
    <message>
        <source>Not set up there yet: a bucket, a group and roles are made, which cost nothing.</source>
        <translation>那里尚未设置：将创建一个存储桶、一个安全组和若干角色，均不收费。</translation>
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
    <name>SecretCard</name>
    <message>
        <source>Give this secret to whoever receives the messages: it checks their signature. It is shown this once and kept in the password store of your system.</source>
        <translation>请把此密钥交给消息的接收者，用于验证签名。它只显示这一次，并保存在系统密码库中。</translation>
    </message>
    <message>
        <source>Secret of the webhook</source>
        <translation>Webhook 的密钥</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
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
        <source>Classic – quick, no graphics card</source>
        <translation>经典 – 快速，无需显卡</translation>
    </message>
    <message>
        <source>FaceFusion – its models and quality</source>
        <translation>FaceFusion – 自有模型与画质</translation>
    </message>
    <message>
        <source>Classic comes with Second Unit and runs anywhere. FaceFusion makes new faces with models of its own, best on a graphics card; most of them are not for commercial use.</source>
        <translation>经典引擎随 Second Unit 提供，可在任何电脑上运行。FaceFusion 用自己的模型生成新人脸，最好配有显卡；其中大多数模型不得用于商业用途。</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
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
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>AWS</source>
        <translation>AWS</translation>
    </message>
    <message>
        <source>Kubernetes</source>
        <translation>Kubernetes</translation>
    </message>
    <message>
        <source>When done</source>
        <translation>完成后</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>消息</translation>
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
    <name>SeveralRow</name>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
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
        <source>Preview by {0}: {1} is not installed here</source>
        <translation>预览由 {0} 生成：此处未安装 {1}</translation>
    </message>
    <message>
        <source>Preview by the {0} engine on this computer</source>
        <translation>本机预览 · {0}</translation>
    </message>
    <message>
        <source>Classic</source>
        <translation>经典</translation>
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
        <source>Ready – nobody gets another face</source>
        <translation>就绪 – 没有人换上新的人脸</translation>
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
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Urgent: it is rendered before the others.</source>
        <translation>紧急：先于其他视频渲染。</translation>
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
        <source>Its Jobs are over – have {0} applied again</source>
        <translation>它的 Job 已结束 – 请让人再次应用 {0}</translation>
    </message>
    <message>
        <source>Waiting for somebody to apply {0}</source>
        <translation>正在等待有人应用 {0}</translation>
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
        <source>changing what is urgent</source>
        <translation>更改紧急状态</translation>
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
    <name>WatchJobDialog</name>
    <message>
        <source>Watch a render elsewhere</source>
        <translation>在别处观看渲染</translation>
    </message>
    <message>
        <source>Type the address of a render on another computer or in a cloud: s3://bucket/prefix#job, or a shared folder with #job.</source>
        <translation>输入另一台电脑上或云中渲染的地址：s3://bucket/prefix#job，或共享文件夹加上 #job。</translation>
    </message>
    <message>
        <source>Address of the render</source>
        <translation>渲染的地址</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>观看</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>How far the render is</source>
        <translation>渲染进度</translation>
    </message>
    <message>
        <source>The render is being looked for</source>
        <translation>正在查找渲染</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>渲染进程</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>渲染进程</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>最近响应</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>片段</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>帧</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>中断次数</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>It is asked again until it answers.</source>
        <translation>会一直询问，直到有响应。</translation>
    </message>
    <message>
        <source>{0}
{1}</source>
        <translation>{0}
{1}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}，预算 {1}</translation>
    </message>
    <message numerus="yes">
        <source>%n interruption(s)</source>
        <translation>
            <numerusform>%n 次中断</numerusform>
        </translation>
    </message>
    <message>
        <source>The computer that drives it was last heard {0} ago; workers go on.</source>
        <translation>驱动它的电脑最近一次响应在 {0} 前；渲染进程继续工作。</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>正在上传</translation>
    </message>
    <message>
        <source>waiting for a worker</source>
        <translation>正在等待渲染进程</translation>
    </message>
    <message>
        <source>rendering</source>
        <translation>正在渲染</translation>
    </message>
    <message>
        <source>waiting for another worker</source>
        <translation>正在等待另一个渲染进程</translation>
    </message>
    <message>
        <source>joining the pieces</source>
        <translation>正在合并片段</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>cancelling</source>
        <translation>正在取消</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not heard yet</source>
        <translation>尚无响应</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>is taken back</source>
        <translation>即将被收回</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>没有响应</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{0} ago</source>
        <translation>{0} 前</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0}%</translation>
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
    <name>WebhookForm</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Add the webhook</source>
        <translation>添加 Webhook</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>It is being kept</source>
        <translation>正在保存</translation>
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
        <source>Done within</source>
        <translation>完成期限</translation>
    </message>
    <message>
        <source>Until then dear instances are waited out, and the full price, where you allow it, is paid only when time calls for it. Not together with “Keep going without me”.</source>
        <translation>期限之前会避开昂贵的实例；仅在你允许且时间不够时才支付全价。不能与“无人值守继续”同时使用。</translation>
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
        <source>Set the cluster up…</source>
        <translation>设置集群…</translation>
    </message>
    <message>
        <source>Kubernetes cluster</source>
        <translation>Kubernetes 集群</translation>
    </message>
    <message>
        <source>Pods side by side</source>
        <translation>并行 Pod 数</translation>
    </message>
    <message>
        <source>At most; there are never more than pieces of the video that wait.</source>
        <translation>上限；不会多于视频中等待的片段数。</translation>
    </message>
    <message>
        <source>Looking at the cluster…</source>
        <translation>正在查看集群…</translation>
    </message>
    <message>
        <source>{0}, namespace {1}. Storage: {2}. Queue: {3}.</source>
        <translation>{0}，命名空间 {1}。存储：{2}。队列：{3}。</translation>
    </message>
    <message>
        <source>Change the cluster…</source>
        <translation>更改集群…</translation>
    </message>
    <message>
        <source>the app’s own folder</source>
        <translation>应用自己的文件夹</translation>
    </message>
    <message>
        <source>Others apply its Jobs; their manifests go to {0}.</source>
        <translation>由他人应用它的 Job；清单写入{0}。</translation>
    </message>
    <message>
        <source>Its pods are needed no more: take {0} away from what is applied.</source>
        <translation>不再需要它的 Pod：请从已应用的内容中移除 {0}。</translation>
    </message>
    <message>
        <source>Others apply its Jobs, from {0}.</source>
        <translation>由他人从 {0} 应用它的 Job。</translation>
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
