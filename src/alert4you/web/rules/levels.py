"""How sure a session must be for each page: the whole table, so that a page is never open by accident.

A page that is not in the table needs the most; a test compares the table with all pages there are.
"""

from alert4you.web.rules.sessions import Level

# Coming in, proving who one is, leaving.
DOOR = """
web:login web:code web:type_code web:passkey web:work web:to_work web:from_work web:invited
web:step_up web:second web:second_app web:second_passkey web:forgot_password web:password_mail_sent
web:new_password web:logout web:lock web:locked web:hats web:set_language meetings:feed
web:tablet web:tablet_others web:tablet_pin web:tablet_here
offline:manifest offline:worker offline:page offline:key offline:items offline:safe
api:openapi api:token api:locations api:groups api:group api:save_group api:rosters api:save_roster
api:children api:child api:save_child api:save_placement api:counts api:nothing
demo:welcome demo:become demo:tablet
"""

# Parents, with one proof: what happened today, and who may see what. Staff need two for everything.
DAY = "web:today access:who_may_see"

CARE = {
    "web": """
        children register line printed guardian place end_place group_load recovery_codes keys
        remove_key leave_there leave_everywhere invitations invite revoke_invitation invite_guardian
        agenda
    """,
    "tablets": "tablets tablet code revoke unlock lock pin",
    "operations": "work try_again send_again give_up",
    "notes": """
        write notebook look_again aid tags words group helps new_card permit report around involve
        ask_through ask_again
        told look_told change_card end_card incident close_incident carried activities complaints vision draft
        write_photo photos photo photo_setting end_permission
    """,
    "wellbeing": "child rate group notice rule counting",
    "coaching": """
        questions ask question pass_on thanks ask_parents visits plan_visit visit cancel_visit
        complete log prepare_talk talk change_talk growth here arrange walk_in open_hour hour
        cancel_hour keep why_left debrief take_overs take_over give_back agree_take_overs
    """,
    "manifests": "manifests manifest",
    "safety": "concerns posts end_post start concern name end_member correct record",
    "access": """
        sharing agreement withdraw record extend exempt confirm proof ask by_law team looked hold why
        find_file open_file openings close_opening tell_parents support review review_week review_line
        look_question look_questions answer_look contacts contact marks marks_here forbid protect end_mark
    """,
    "trajectories": """
        caseload start trajectory activity move lead plan write_plan plan_pdf goal speak decide
        taper see growth growth_gather growth_item growth_words growth_approve growth_refuse growth_hand
        growth_pdf indications new_indication release hold_round round rounds turned_away
    """,
    "practices": """
        practices practice card ours bring adopt stop spread version export change change_text
        publish discard draft_file change_part add_part remove_part move_part import imported
        import_card import_forget
    """,
    "referrals": """
        referrals start referral ask answer meanwhile lead revoke close support guidance register_need need
        numbers team after
    """,
    "planning": "room keep let_go offers",
    "groups": """
        day hours presence waiting wait rota decide_way_back duo landing member passed_on
        plus plus_agreement plus_child plus_place room shift team way_back
        card cards card_others card_fact change move_back own_people own_person
    """,
    "funding": """
        money hours ways write line decide pause resume put_off end book take_off report table agreements
        agree stop_agreement apply folder answer approve told send stop paper asked write_questions
        group place payer
    """,
    "rights": "rights ask asked copy not_right work handle take extend grant refuse lift record",
    "api": "applications application secret webhook quiet end",
    "imports": "files bring example file columns go_on approve answer left forget",
    "retention": "overview erasure hold terms choose",
    "offline": "pack waiting decide devices",
    "meetings": """
        meetings plan rhythm signals signal training report calendar meeting add invite chair move
        cancel answer hold minutes minutes_pdf item words decide act report_item done
    """,
}

# What a shared tablet and a PIN do not open (docs/decisions/0015): one's own ways to come in, who gets in
# at all, files opened in an emergency and who looked, sharing that no parent agreed to, safety, what leaves
# the house, rights and deletion.
NOT_WITH_A_PIN = {
    "web": """
        hats keys remove_key leave_there leave_everywhere recovery_codes invitations invite revoke_invitation
        invite_guardian
    """,
    "tablets": CARE["tablets"],
    "access": """
        find_file open_file openings close_opening tell_parents support review review_week review_line
        look_question look_questions answer_look contact marks marks_here forbid protect end_mark
        exempt confirm by_law
    """,
    "safety": CARE["safety"],
    "manifests": CARE["manifests"],
    "trajectories": "plan_pdf growth_pdf growth_hand",
    "funding": "paper table send",
    "meetings": "calendar minutes_pdf",
    "rights": CARE["rights"],
    "api": CARE["api"],
    "imports": CARE["imports"],
    "retention": CARE["retention"],
}
OWN = {f"{space}:{page}" for space, some in NOT_WITH_A_PIN.items() for page in some.split()}

LEVELS = {
    **{f"{space}:{page}": Level.CARE for space, some in CARE.items() for page in some.split()},
    **dict.fromkeys(DAY.split(), Level.DAY),
    **dict.fromkeys(DOOR.split(), Level.DOOR),
}


# What changes how somebody comes in, lets somebody in, hands out a whole file or lets one go for good:
# asked again at the moment itself.
AGAIN = """
web:second web:second_app web:second_passkey web:recovery_codes web:remove_key
web:to_work web:from_work tablets:pin web:invite web:invite_guardian
access:support api:secret api:webhook rights:copy retention:erasure retention:choose
"""


def needed(page: str, is_parent: bool) -> Level:
    """What this page needs from this hat."""
    level = LEVELS.get(page, Level.CARE)
    return Level.CARE if level == Level.DAY and not is_parent else level


def asks_again(page: str) -> bool:
    """Whether a proof of this morning is too old: what weighs most, and the administration."""
    return page in AGAIN.split() or page.startswith(("admin:", "operations:"))


def opens_with_pin(page: str) -> bool:
    """Whether a PIN on a shared tablet is enough; for a page that nobody thought of it is not."""
    return page in LEVELS and page not in OWN
