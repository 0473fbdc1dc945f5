# نصوص موجزة وصادقة وبلغة القارئ.
skip = الانتقال إلى المحتوى
nav-label = الموقع
nav-history = السجل
nav-faq = الأسئلة الشائعة
nav-subscribe = الاشتراك
languages = اللغات
untranslated = لم يُترجم هذا المحتوى بعد، والمعروض هو النص الأصلي.
state-operational = جميع الخدمات تعمل بصورة طبيعية
state-degraded_performance = بطء أو عدم استقرار في بعض الخدمات
state-under_maintenance = أعمال الصيانة جارية
state-partial_outage = بعض الوظائف متعطلة
state-major_outage = عطل كبير في الخدمة
as-of = كما في { $time }
state-as-of = { $state } (كما في { $time })
stale = تعذّر تحديث هذه الصفحة، وقد تكون معلوماتها قديمة.
works = متاح للاستخدام
status-operational = طبيعي
status-degraded_performance = تراجع الأداء
status-under_maintenance = قيد الصيانة
status-partial_outage = انقطاع جزئي
status-major_outage = انقطاع كلي
severity-minor = طفيف
severity-moderate = متوسط
severity-critical = حرج
kind-regular = صيانة دورية
kind-update = تحديث النظام
kind-server = صيانة الخوادم
kind-emergency = صيانة طارئة
level-info = إعلان
level-warning = تحذير
level-clarification = توضيح
update-investigating = جارٍ تقصّي السبب
update-identified = تم تحديد السبب
update-monitoring = قيد المراقبة
update-resolved = تم الحل
update-scheduled = أعمال مجدولة
update-postponed = تم التأجيل
update-in_progress = قيد التنفيذ
update-verifying = قيد التحقق
update-completed = اكتمل التنفيذ
update-cancelled = تم الإلغاء
update-update = مستجدات
update-correction = تصحيح
numbered-report = البيان رقم { $n }
numbered-final = البيان الختامي
numbered-status = { $report }: { $status }
update-postmortem = تقرير ما بعد العطل
update-evaluation = تقييم التنفيذ
update-withdrawn = تم سحب الإعلان
update-published = إعلان
clock-in_progress = قيد التنفيذ (حان موعد البدء المقرر)
clock-next = الموعد التالي: { $window }
clock-verifying = انقضى موعد الانتهاء المقرر، ونتحقق من اكتمال العمل
clock-unconfirmed = انقضى موعد الانتهاء المقرر، ولم تؤكَّد النتيجة
clock-said-in_progress = حان الموعد المقرر لبدء الصيانة ({ $time })، والعمل جارٍ الآن.
clock-said-verifying = انقضى الموعد المقرر لانتهاء الصيانة ({ $time }). نتحقق الآن من أن كل شيء يعمل، وسننشر النتيجة هنا.
clock-said-completed = حان الموعد المقرر لانتهاء الصيانة ({ $time })، وقد انتهت.
mode-halted = توقف
mode-cancel_only = إلغاء الأوامر فقط
mode-post_only = أوامر جديدة محددة السعر فقط
mode-limited = تقييد جزئي
home-incidents = الأعطال الجارية
home-resolved = حُلَّت خلال آخر 24 ساعة
home-maintenance = الصيانة
home-components = الخدمات
group-count = { $n ->
    [zero] لا خدمات
    [one] خدمة واحدة
    [two] خدمتان
    [few] { $n } خدمات
    [many] { $n } خدمة
   *[other] { $n } خدمة
}
home-history = آخر الأحداث
home-notices = إعلانات مهمة
home-questions = أكثر الأسئلة ورودًا الآن
home-quiet = لا أعطال ولا أعمال صيانة
history-continued = مستمر منذ { $day }
home-more-history = السجل الكامل
fact-state = الوضع
fact-started = وقت البدء
fact-detected = وقت الرصد
fact-ended = وقت عودة الخدمة
fact-outages = فترات التأثير
fact-duration = مدة التأثير
fact-scope = نطاق التأثير
fact-mode = ما يعمل
fact-cancel-before = إلغاء الأوامر قبل
fact-advice = نصيحة
fact-affects = الخدمات المتأثرة
fact-expected = الموعد المتوقع لعودة الخدمة
fact-next = المستجدات التالية
fact-late = تأخر المستجدات
fact-window = موعد التنفيذ
fact-series = التكرار
fact-series-text = { $days ->
    [zero] تُنفّذ هذه الأعمال بصورة متكررة، ولكل موعد صفحة خاصة به يُعلن فيها في اليوم نفسه.
    [one] تُنفّذ هذه الأعمال بصورة متكررة، ولكل موعد صفحة خاصة به يُعلن فيها قبله بيوم واحد.
    [two] تُنفّذ هذه الأعمال بصورة متكررة، ولكل موعد صفحة خاصة به يُعلن فيها قبله بيومين.
    [few] تُنفّذ هذه الأعمال بصورة متكررة، ولكل موعد صفحة خاصة به يُعلن فيها قبله بمدة { $days } أيام.
    [many] تُنفّذ هذه الأعمال بصورة متكررة، ولكل موعد صفحة خاصة به يُعلن فيها قبله بمدة { $days } يومًا.
   *[other] تُنفّذ هذه الأعمال بصورة متكررة، ولكل موعد صفحة خاصة به يُعلن فيها قبله بمدة { $days } يوم.
}
series-all = جميع المواعيد
series-dates = المواعيد
series-none = لم يُعلن أي موعد بعد.
occurrence-title = { $title } ({ $day })
fact-actual = التنفيذ الفعلي
fact-published = وقت النشر
fact-expires = سارٍ حتى
said-at = نُشر في { $time }
expected-before = عُدّل في { $time }، وكان قبله: { $before }
time-about = نحو { $time }
time-about-zoned = نحو { $time } { $zone }
half-morning = صباحًا
half-afternoon = بعد الظهر
time-unknown = غير معروف
next-undecided = لم يُحدد بعد
duration-about = نحو { $duration }
next-due = بحلول { $time }
next-late = كانت مقررة بحلول { $due }، ونُشرت في { $time }
promise-passed = تأخر نشر المستجدات
started-at = بدأ في { $time }
end-unknown = موعد الانتهاء غير محدد
window-undecided = لم يُحدَّد الموعد بعد
plan-before = قبل التعديل
plan-after = بعد التعديل
plan-title = تعديلات الموعد
phase-now = الآن (بحسب المقرر)
phases = الوضع في كل فترة
phase-time = الفترة
phase-affects = الخدمات المتأثرة
phase-mode = الوضع
section-updates = التسلسل الزمني
section-workaround = الحل البديل
section-actions = المطلوب منكم
section-faq = الأسئلة الشائعة
section-compensation = التعويض
section-postmortem = تقرير ما بعد العطل
section-evaluation = تقييم التنفيذ
section-related = أسئلة ذات صلة
task-done = تم
task-open = لم يتم بعد
no-updates = لا مستجدات حتى الآن. كل ما يتضح لنا سننشره هنا أولًا.
fact-changed = { $before } ← { $after }
fact-changed-before = سابقًا
fact-changed-after = الآن
correction-note = هذا تصحيح لما سبق أن أعلنّاه
corrected = صُحِّحت معلومات في هذه الصفحة: { $times }
backfilled = كُتب هذا السجل في وقت لاحق.
withdrawn-title = إعلان مسحوب
withdrawn-text = سُحب هذا الإعلان في { $time }.
withdrawn-reason = السبب
history-title = السجل
history-intro = الأعطال وأعمال الصيانة والإعلانات، مرتبة بحسب الشهر.
history-empty = السجل خالٍ حتى الآن، وستُحفظ فيه الأعطال وأعمال الصيانة.
history-count = { $n ->
    [zero] لا بنود
    [one] بند واحد
    [two] بندان
    [few] { $n } بنود
    [many] { $n } بندًا
   *[other] { $n } بند
}
history-older = الشهر السابق
history-newer = الشهر التالي
history-all = جميع الأشهر
component-title = وضع { $name }
component-history = { $days ->
    [zero] أعطال اليوم وأعمال صيانته
    [one] الأعطال وأعمال الصيانة في آخر يوم
    [two] الأعطال وأعمال الصيانة في آخر يومين
    [few] الأعطال وأعمال الصيانة في آخر { $days } أيام
    [many] الأعطال وأعمال الصيانة في آخر { $days } يومًا
   *[other] الأعطال وأعمال الصيانة في آخر { $days } يوم
}
component-none = لم تُسجل أعطال ولا أعمال صيانة في هذه المدة.
component-retired = أُوقفت هذه الخدمة نهائيًا في { $date }.
component-uptime = نسبة التوافر
uptime-since = نسبة التوافر منذ { $date }: { $percent }%
uptime-text = { $days ->
    [zero] نسبة التوافر: { $percent }%
    [one] نسبة التوافر في آخر يوم: { $percent }%
    [two] نسبة التوافر في آخر يومين: { $percent }%
    [few] نسبة التوافر في آخر { $days } أيام: { $percent }%
    [many] نسبة التوافر في آخر { $days } يومًا: { $percent }%
   *[other] نسبة التوافر في آخر { $days } يوم: { $percent }%
}
uptime-none = تظهر نسبة التوافر بعد تسجيل يوم كامل
uptime-bad = أيام شهدت انقطاعًا أو تقييدًا
uptime-good = لم يشهد أي يوم انقطاعًا أو تقييدًا
uptime-today = اليوم
uptime-ago = { $n ->
    [zero] اليوم
    [one] قبل يوم واحد
    [two] قبل يومين
    [few] قبل { $n } أيام
    [many] قبل { $n } يومًا
   *[other] قبل { $n } يوم
}
uptime-how = تُحسب نسبة التوافر للأيام المنتهية وفق المعادلة 1 − (1.0 × مدة الانقطاع الكلي + 0.3 × مدة الانقطاع الجزئي) ÷ المدة المحتسبة، وتُقرّب إلى الأدنى حتى منزلتين عشريتين. ولا يدخل تراجع الأداء ولا الصيانة في الحساب، أما الصيانة الطارئة فتُحسب انقطاعًا كليًا.
faq-title = الأسئلة الشائعة
faq-now = أسئلة عن الأعطال الجارية
faq-empty = لا أسئلة بعد.
subscribe-title = الاشتراك
subscribe-intro = يمكنكم تلقي المستجدات بإحدى الطرق التالية. ولن يصلكم الخبر نفسه مرتين.
subscribe-rss = موجز RSS
subscribe-rss-text = أضيفوا هذا العنوان إلى قارئ الموجزات، وسينبهكم إلى كل جديد.
subscribe-mail = البريد الإلكتروني
subscribe-mail-text = رسالة واحدة عن كل جديد فور نشره، ولا شيء غير ذلك. وفي كل رسالة طريقة إلغاء الاشتراك.
subscribe-mail-join = الاشتراك في القائمة
subscribe-social = الدردشة وشبكات التواصل
subscribe-social-text = كل جديد فور نشره.
subscribe-official = الحسابات الرسمية
subscribe-official-text = أي حساب غير مدرج هنا ليس من حساباتنا.
subscribe-language = الموجز ({ $language })
subscribe-all = الكل
subscribe-incidents = الأعطال فقط
subscribe-maintenance = الصيانة فقط
subscribe-calendar = التقويم
subscribe-calendar-text = أضيفوا هذا العنوان إلى تقويمكم، فتظهر فيه مواعيد الصيانة تلقائيًا وتتغير مع كل تعديل.
subscribe-calendar-add = اشتراك
subscribe-api = للبرامج
subscribe-api-text = بيانات JSON متاحة للقراءة من أي مكان. ويضم جدول الصيانة جميع المواعيد والمراحل بأوقاتها، فهو صحيح في أي لحظة يُقرأ فيها. أما API الحالة فتستخدمه البرامج التي تدعم Statuspage كما هو.
subscribe-api-schedule = جدول الصيانة
subscribe-api-components = الخدمات ورموزها
subscribe-api-summary = حالة الخدمات
subscribe-api-incidents = الأعطال
subscribe-api-maintenance = الصيانة
api-title = بيانات للبرامج
api-intro = ملفات JSON ثابتة تُقرأ من أي مكان ومن دون مفتاح. جميع الأوقات بتوقيت UTC.
api-now = الحالة الآن ولاحقًا
api-now-text = لكل خدمة: متى تبدأ كل حالة وما الذي ما زال يعمل. آخر بند حان وقته هو الحالة، فتكفي ساعتك وإن كان الملف قديمًا.
api-schedule-text = كل فترات الصيانة ومراحلها مع أوقاتها.
api-v2 = واجهة الحالة v2
api-v2-text = الواجهة التي تعرفها برامج Statuspage.
api-openapi = الوصف (OpenAPI 3.1)
api-openapi-text = كل ملف وكل حقل، لمولدات العملاء.
api-link = من واجهتك البرمجية
api-link-text = أضف هذه الترويسة إلى ردود واجهتك لتجد البرامج هذه الصفحة (RFC 8631). فهرس البيانات (RFC 9727):
api-assistants = للمساعدين
api-assistants-text = الصفحة الرئيسية والإشعارات المفتوحة بصيغة Markdown.
subscribe-embed = في صفحاتكم
subscribe-embed-text = يمكن عرض حالة هذه الخدمة داخل منتج آخر.
subscribe-components = خدمة بعينها
subscribe-components-text = موجزات وتقويمات تقتصر على ما يخص الخدمة المختارة.
embed-title = عرض حالة الخدمات في صفحات أخرى
embed-intro = يمكن للمنتجات الأخرى عرض ما يُنشر هنا، من دون ملفات تعريف ارتباط (Cookies) ومن دون اتصال بأي جهة غير هذا الموقع.
embed-script = شريط
embed-script-text = سطر واحد يكفي. لا يظهر الشريط إلا عند وجود عطل أو صيانة أو إعلان، وإذا أُغلق عاد إلى الظهور مع المستجدات التالية.
embed-option-locale = لغة العرض، إن كانت غير اللغة الأولى.
embed-option-components = عرض ما يخص هذه الخدمات فقط.
embed-option-ahead = المدة التي تظهر فيها الصيانة قبل بدئها: بالدقائق (m) أو الساعات (h) أو الأيام (d).
embed-option-target = موضع الشريط؛ وإن لم يُحدد ظهر في أعلى الصفحة.
embed-csp = إذا كانت الصفحة تستخدم Content-Security-Policy فهي تحتاج إلى:
embed-frame = إطار
embed-frame-text = للصفحات التي لا تسمح بنصوص برمجية خارجية.
embed-json = بيانات
embed-json-text = محتوى الشريط نفسه، للتطبيقات. والحالة التي تُعرض هي التي حان وقتها.
embed-badge = شارة
embed-badges = شارات
embed-badges-text = صورة تبيّن الوضع الحالي دائمًا.
banner-close = إغلاق
banner-more = أخرى: { $n }
section-calendar = إضافة إلى التقويم
not-found-title = الصفحة غير موجودة
not-found-text = ربما تغيّر العنوان أو حُذفت الصفحة. آخر المستجدات في الصفحة الرئيسية.
not-found-home = إلى صفحة حالة الخدمات
zone-note = جميع الأوقات بتوقيت { $zone }.
zone-button = عرض الأوقات أيضًا بتوقيت { $zone }
feed-incidents = { $title }: الأعطال
feed-maintenance = { $title }: الصيانة
feed-component = { $name } – { $title }
footer-rss = RSS
footer-label = عن هذا الموقع
feedback = رأيكم
updated-on = آخر تعديل: { $date }
moved = انتقلت هذه الصفحة إلى عنوان آخر
duration-days = { $n ->
    [zero] { $n } يوم
    [one] يوم
    [two] يومان
    [few] { $n } أيام
    [many] { $n } يومًا
   *[other] { $n } يوم
}
duration-hours = { $n } س
duration-minutes = { $n } د
duration-separator = {" و"}
list-separator = {"، "}
colon = {": "}
language-name = العربية
date-with-weekday = { $weekday }، { $date }
expected-passed = انقضى الموعد المتوقع
next-planned = مقررة بحلول { $time }
untranslated-part = لم يُترجم بعد
fact-severity = مستوى العطل
fact-start = البدء
fact-end = الانتهاء
# نصوص البريد والمنشورات والبيانات الصحفية وسائر القنوات.
pack-heading = [{ $title }]
pack-aside = ملاحظة: { $text }
pack-note = { $text } ({ $note })
pack-question = س: { $text }
pack-state-news = { $state } / { $news }
pack-state-again = { $state } (عطل متكرر)
pack-state-over = { $state } (لم يعد ساريًا)
pack-recovered = وقت عودة الخدمة
pack-kind = النوع
pack-withdrawn-at = وقت سحب الإعلان
pack-window-off = الموعد الذي كان مقررًا
pack-window-open = غير محدد بعد، وسنعلن الموعد الجديد عند تحديده
pack-summary = الملخص
pack-facts = الوضع الحالي
pack-facts-incident = نبذة عن العطل
pack-facts-maintenance = نتيجة التنفيذ
pack-facts-notice = عن هذا الإعلان
announce-test = هذه رسالة تجريبية. لا علاقة لها بحالة الخدمة، ولا يلزمك القيام بأي شيء.
pack-page = التفاصيل وآخر المستجدات
pack-page-over = التفاصيل
pack-by-plan = معروض بحسب الموعد المقرر
pack-company = الشركة
pack-registration = التسجيل
pack-open-active = نوافيكم بما اتضح لنا حتى الآن بشأن «{ $title }». ونعتذر لكم عمّا يسببه ذلك من إزعاج.
pack-open-again = تكرر العطل «{ $title }» بعد أن أعلنّا حله. ونعتذر لكم مجددًا عمّا يسببه ذلك من إزعاج.
pack-open-resolved = تم حل العطل «{ $title }». ونعتذر لكم عمّا سببه من إزعاج.
pack-open-postmortem = نوافيكم بتقريرنا عن سبب العطل «{ $title }» وعن تدابير منع تكراره. ونعتذر لكم مجددًا عمّا سببه من إزعاج.
pack-open-scheduled = سيجري تنفيذ «{ $title }» على النحو المبيّن أدناه. ونعتذر لكم عمّا قد يسببه ذلك من إزعاج، ونشكر لكم تفهمكم.
pack-open-running = أعمال «{ $title }» جارية الآن. نشكر لكم انتظاركم إلى حين اكتمالها.
pack-open-verifying = نتحقق الآن من اكتمال أعمال «{ $title }». نشكر لكم انتظاركم قليلًا.
pack-open-postponed = نعلمكم بتغيير موعد «{ $title }». ونعتذر لمن رتّب أموره على أساس الموعد السابق.
pack-open-cancelled = نعلمكم بإلغاء «{ $title }». ونعتذر لمن رتّب أموره على أساس الموعد المعلن.
pack-open-stopped = أوقفنا أعمال «{ $title }» قبل اكتمالها. ونعتذر لكم عمّا سببه ذلك من إزعاج.
pack-open-completed = اكتملت أعمال «{ $title }». نشكر لكم تعاونكم.
pack-open-evaluation = نوافيكم بتقييمنا لتنفيذ «{ $title }».
pack-open-notice = نودّ إحاطتكم علمًا بما يلي: «{ $title }».
pack-open-expired = انتهت مدة سريان إعلاننا «{ $title }».
pack-open-withdrawn = نسحب إعلاننا السابق، ونعتذر لكم عمّا قد يكون سببه من إرباك.
pack-open-correction = ورد خطأ فيما سبق أن أعلنّاه. نعتذر لكم عنه ونصححه فيما يلي.
pack-dear = عملاءنا الكرام،
pack-mail-close = سننشر أي مستجدات أخرى في الصفحة المذكورة أعلاه.
pack-mail-close-over = إذا استجد ما نعلنه بهذا الشأن فسننشره في الصفحة المذكورة أعلاه.
pack-banner = [{ $state }] { $title }
pack-banner-affects = [{ $state }] { $title } (الخدمات المتأثرة: { $affects })
pack-press-to = بيان صحفي – للنشر الفوري
pack-press-facts = الوقائع
pack-press-cause = السبب وتدابير منع التكرار
pack-press-cause-later = سننشر السبب وتدابير منع التكرار فور اكتمال التحقيق.
pack-press-compensation-later = إذا استجد ما يتعلق بالتعويض فسيُنشر في الصفحة المذكورة أدناه.
pack-press-contact = للتواصل
pack-press-end = — انتهى —
pack-support-first = ما يُقال أولًا
pack-support-thanks = شكرًا لتواصلكم معنا.
pack-support-notice = ما يلاحظه العملاء
pack-support-next = المستجدات التالية
pack-support-over = انتهى هذا الأمر، ولا مستجدات أخرى مقررة.
pack-support-unknown = لم يُحدد موعد للمستجدات التالية. يُرجى عدم ذكر أي موعد على سبيل التخمين.
pack-support-never = ما لا يجوز الوعد به أو الجزم به
pack-support-never-time = عدم الوعد بموعد لعودة الخدمة أو استئنافها لم يرد في الصفحة.
pack-support-never-cause = عدم تخمين سبب لم يُنشر.
pack-support-never-compensation = عدم الوعد بتعويض أو برد مبالغ لم يُعلن عنهما.
pack-support-never-more = عدم الجزم بشأن الأصول أو البيانات الشخصية بأكثر مما ورد في الصفحة.
pack-support-after = بعد الرد
pack-support-record = يُرجى تسجيل ما سأل عنه العميل وما أُجيب به، وإحالة ما لم يرد هنا أو ما تعذّر حله إلى الفريق التقني.
pack-internal-warning = داخلي: للمعنيين من الزملاء فقط، ويُمنع تحويله أو الاقتباس منه. قد يتضمن حقولًا غير منشورة (internal، reviewed_by).
pack-internal-now = الوضع الآن
pack-internal-promises = المواعيد المعلنة
pack-promise-open = بحلول { $due } (لم يحن الموعد بعد)
pack-promise-late = بحلول { $due } (انقضى الموعد ولم يُنشر شيء بعد)
pack-promise-kept = بحلول { $due } (تم الالتزام: نُشر في { $time })
pack-promise-kept-late = بحلول { $due } (تأخر { $length }: نُشر في { $time })
pack-internal-components = الوضع بحسب الخدمة
pack-internal-last = آخر ما نُشر
pack-internal-reviewed = المراجعون
pack-internal-fields = معلومات داخلية
pack-report-to = إلى الجهة الرقابية المختصة
pack-report-incident = تقرير عن عطل في الأنظمة
pack-report-maintenance = تقرير عن صيانة الأنظمة
pack-report-notice = تقرير عن إعلان موجه إلى العملاء
pack-report-number = التقرير رقم { $n }
pack-report-before = التقارير السابقة
pack-report-facts = الوقائع وأوقاتها
pack-report-impact = مدة التأثير بحسب الخدمة
pack-report-minutes = { $minutes ->
    [zero] { $minutes } دقيقة ({ $status })
    [one] دقيقة واحدة ({ $status })
    [two] دقيقتان ({ $status })
    [few] { $minutes } دقائق ({ $status })
    [many] { $minutes } دقيقة ({ $status })
   *[other] { $minutes } دقيقة ({ $status })
}
pack-report-vague = المدة الدقيقة غير معروفة
pack-report-to-name = إلى: { $name }
pack-report-initial = التقرير الأولي
pack-report-intermediate = التقرير المرحلي
pack-report-final = التقرير النهائي
pack-report-due = الموعد النهائي
pack-report-after-awareness = { $within } بعد علمنا
pack-report-after-classification = { $within } بعد التصنيف
pack-report-after-report = { $within } بعد: { $report }
pack-report-months = { $n ->
    [zero] { $n } شهر
    [one] شهر واحد
    [two] شهران
    [few] { $n } أشهر
    [many] { $n } شهرًا
   *[other] { $n } شهر
}
pack-report-classification = التصنيف
pack-report-since = منذ التقرير السابق
pack-severity-first = المستوى عند البدء
# إذا وردت إحدى هذه الكلمات في نص المحرر فلا تكررها النصوص؛ تفصل بينها فواصل.
pack-words-apology = نعتذر, اعتذار, نأسف, إزعاج
pack-words-recovered = تم حل, عادت الخدمة, عودة الخدمة, استعادة الخدمة, تعمل بشكل طبيعي
# تقارير عن مدة محددة، للتوثيق.
report-title = الأعطال وأعمال الصيانة من { $from } إلى { $to }
report-clipped = لم تنته المدة بعد: يغطي هذا التقرير ما حدث حتى { $time }.
report-total = المجموع
report-number = العدد
report-highest = أعلى مستوى للعطل
report-first-notice = أول إعلان
report-last-update = آخر تحديث
report-to-notice = من الاكتشاف إلى أول إعلان
report-to-end = من أول إعلان إلى انتهاء العطل
report-work = مدة التنفيذ
report-in-period = ضمن هذه المدة
report-updates = عدد التحديثات
report-promises = تحديثات موعودة تأخرت أو لم تُنشر
report-late = ما تأخر عن قواعدنا الداخلية
report-late-by = { $what }: الموعد { $due }، التأخير { $length }
report-missing = غير منشور
report-undated = نُشر دون تاريخ
report-open = ما زال مستمرًا
report-announced = الإعلان المسبق
report-ahead = قبل { $length }
report-first-window = الموعد كما خُطط له أولًا
report-reviewers = عدد المراجعين
report-public = التقارير الشهرية
report-public-intro = حوادث كل شهر وأعمال الصيانة فيه، محسوبة مما يعرضه هذا الموقع.
# ألفاظ أخرى يمكن للمحررين استخدامها بدلًا من ألفاظ الصيغة، تفصل بينها فواصل. أما ما تعرضه الصفحات فهو معروف في كل حال.
word-status-investigating = قيد التحقيق, تقصي السبب, جارٍ تقصي السبب, جاري تقصي السبب
word-status-identified = تحديد السبب, السبب معروف, حُدد السبب
word-status-monitoring = مراقبة, المراقبة, تحت المراقبة
word-status-resolved = حل, تم حل العطل, تم الإصلاح, عودة الخدمة
word-status-scheduled = مجدول, مجدولة, جدولة
word-status-postponed = تأجيل, مؤجل, مؤجلة
word-status-in_progress = جارٍ التنفيذ, جارية, بدء التنفيذ, بدء العمل
word-status-verifying = تحقق, التحقق, جارٍ التحقق
word-status-completed = اكتمال, مكتملة, اكتمل, اكتمل العمل
word-status-cancelled = إلغاء, ملغى, ملغاة
word-status-update = تحديث, متابعة, آخر المستجدات
word-status-correction = تصويب
word-section-workaround = حل بديل, حل مؤقت, الحل المؤقت
word-section-actions = المطلوب من العملاء, الإجراءات المطلوبة, ما يرجى فعله
word-section-faq = أسئلة شائعة, أسئلة وأجوبة
word-section-compensation = تعويض, التعويضات
word-section-postmortem = تقرير العطل, السبب والتدابير, السبب وتدابير منع التكرار
word-section-evaluation = تقييم, التقييم
word-fact-affects = الخدمات المتأثرة, المتأثر, يشمل
word-fact-severity = مستوى العطل, المستوى, درجة الخطورة
word-fact-next_update = المستجدات التالية, التحديث التالي
word-fact-expected_recovery = الموعد المتوقع لعودة الخدمة, العودة المتوقعة, الاستعادة المتوقعة
word-fact-started = وقت البدء, البدء, بداية التأثير
word-fact-ended = انتهاء التأثير, انتهى
word-fact-outages = فترات التأثير, فترات الانقطاع
word-fact-start = البدء, البداية, موعد البدء
word-fact-end = الانتهاء, النهاية, موعد الانتهاء
word-fact-occurrence = الموعد, يوم التنفيذ, تاريخ التنفيذ
word-fact-phases = المراحل
word-fact-scope = نطاق التأثير
word-fact-mode = الوضع
word-fact-number = رقم البيان
word-numbered-report = بيان #, بيان رقم #, البيان #
word-numbered-final = البيان الأخير, بيان ختامي
word-severity-minor = بسيط, طفيفة
word-severity-moderate = متوسطة
word-severity-critical = جسيم, حرجة
word-component-operational = يعمل, تعمل, سليم
word-component-degraded_performance = أداء متراجع, بطء, غير مستقر
word-component-under_maintenance = صيانة, تحت الصيانة
word-component-partial_outage = توقف جزئي, عطل جزئي
word-component-major_outage = توقف كلي, انقطاع, متوقف
word-kind-regular = دورية, صيانة منتظمة
word-kind-update = تحديث, تحديث الأنظمة
word-kind-server = خوادم, الخوادم
word-kind-emergency = طارئة, طارئ
word-mode-halted = متوقف, موقوف
word-mode-cancel_only = إلغاء فقط, الإلغاء فقط
word-mode-post_only = أوامر معلقة فقط, أوامر محددة السعر فقط
word-mode-limited = مقيد, محدود
word-function-deposit = إيداع, الإيداع
word-function-withdraw = سحب, السحب
word-function-trade = تداول, التداول
word-level-info = إشعار, معلومة
word-level-warning = تنبيه
word-level-clarification = بيان توضيحي, إيضاح
