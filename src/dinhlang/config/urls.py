"""Which address is whose."""

from django.conf import settings
from django.urls import include, path
from django.views.static import serve

from dinhlang.broadcast.emergency.by_link import decide as emergency_decide
from dinhlang.broadcast.emergency.by_link import decide_sound as emergency_sound
from dinhlang.broadcast.emergency.views import cap_file
from dinhlang.broadcast.intake.api import api as bulletin_api
from dinhlang.broadcast.players.api import api as device_api
from dinhlang.broadcast.players.views import player_page, player_worker
from dinhlang.broadcast.views import decide as bulletin_decide
from dinhlang.broadcast.views import link_sound as bulletin_sound
from dinhlang.config.health import healthz
from dinhlang.org.views.links import accept
from dinhlang.portal.newsroom.views import decide, link_picture
from dinhlang.portal.sites.front import front
from dinhlang.reports.approval.views import decide as report_decide
from dinhlang.reports.approval.views import paper_file as report_paper
from dinhlang.reports.submission.api import api as submission_api
from dinhlang.reports.submission.views import receipt_check
from dinhlang.work.views import calendar_feed

handler500 = "dinhlang.portal.sites.stopped.broken"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", front, name="front"),
    path("", include("dinhlang.org.sign_in.urls")),
    path("", include("dinhlang.portal.urls")),
    # For people who cannot sign in yet: the link they were sent is what lets them in.
    path("loi-moi/<str:token>/", accept, name="invitation"),
    # For a leader who approves on a phone without an account: the link is what lets them decide, once.
    path("duyet-tin/<str:token>/", decide, name="approval"),
    path("duyet-bao-cao/<str:token>/", report_decide, name="report-approval"),
    path("duyet-bao-cao/<str:token>/van-ban.pdf", report_paper, name="report-approval-paper"),
    path("phat-khan-cap/<str:token>/", emergency_decide, name="emergency-sending"),
    path("phat-khan-cap/<str:token>/am-thanh.mp3", emergency_sound, name="emergency-sending-sound"),
    path("duyet-ban-tin/<str:token>/", bulletin_decide, name="bulletin-approval"),
    path("duyet-ban-tin/<str:token>/am-thanh.mp3", bulletin_sound, name="bulletin-approval-sound"),
    # For the boxes of communes: the key of their unit is what lets them hand in.
    path("api/nop-bao-cao/v1/", submission_api.urls),
    # For the PC at the amplifier and devices of vendors: the key of each is what it may do.
    path("api/phat-thanh/v1/", device_api.urls),
    # For machines of the level above that send bulletins: the key is for one unit.
    path("api/ban-tin/v1/", bulletin_api.urls),
    # What was sent, for whoever passes warnings on: it was heard on the street already.
    path("api/phat-thanh/cap/<uuid:uid>.xml", cap_file, name="cap-file"),
    path("may-phat/", player_page, name="player"),
    path("may-phat/may.js", player_worker, name="player-worker"),
    # News by mail: whoever holds the link in a mail chooses and leaves, without an account.
    path("thu-tin/", include("dinhlang.portal.digest.urls")),
    # Letters about feedback: whoever holds the link in one stops them.
    path("thu-phan-anh/", include("dinhlang.portal.voices.mail_urls")),
    # Surveys: the code on a slip or a poster is what lets a citizen answer.
    path("ks/", include("dinhlang.portal.surveys.urls")),
    # Classes: the code on an invitation opens its page, the material and the test.
    path("th/", include("dinhlang.portal.training.urls")),
    # Contests: the code stands on posters; whoever sits holds an address of their own.
    path("thi/", include("dinhlang.portal.contests.urls")),
    path("kiem-tra-tiep-nhan/", receipt_check, name="receipt-check"),
    path("duyet-tin/<str:token>/anh/<int:pk>/", link_picture, name="approval-picture"),
    # A secret address for calendar programs, which cannot sign in.
    path("lich/<slug:token>.ics", calendar_feed, name="calendar-feed"),
    path("", include("dinhlang.portal.public.urls")),
    path(
        "ban-lam-viec/",
        include(
            [
                path("", include("dinhlang.org.urls")),
                path("", include("dinhlang.work.urls")),
                path("bao-cao/", include("dinhlang.reports.urls")),
                path("cong-khai/", include("dinhlang.portal.public.desk_urls")),
                path("thu-tuc/", include("dinhlang.procedures.urls")),
                path("phat-thanh/", include("dinhlang.broadcast.urls")),
                path("phan-anh/", include("dinhlang.citizens.urls")),
                path("khao-sat/", include("dinhlang.citizens.surveys.urls")),
                path("tap-huan/", include("dinhlang.citizens.training.urls")),
                path("cuoc-thi/", include("dinhlang.citizens.contests.urls")),
                path("mot-cua/", include("dinhlang.onestop.urls")),
                path("yeu-cau-du-lieu/", include("dinhlang.privacy.urls")),
                path("vi-pham-du-lieu/", include("dinhlang.privacy.breaches.urls")),
                path("thu-tin/", include("dinhlang.portal.digest.desk_urls")),
                path("tin-bai/", include("dinhlang.portal.newsroom.urls")),
                path("kiem-tra/", include("dinhlang.archive.check_urls")),
                path("van-ban-cu/", include("dinhlang.archive.urls")),
            ]
        ),
    ),
    # Pictures of public pages only: documents wait for a view that asks who may see them.
    path(
        "media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}, name="picture"
    ),
    # Sites that stand under a path of their own; what is theirs cannot begin like anything above
    # (`portal.sites.rules.RESERVED`).
    path("<slug:site>/en/", include("dinhlang.portal.sites.urls", namespace="site-en"), {"language": "en"}),
    path("<slug:site>/", include("dinhlang.portal.sites.urls")),
]
