"""What a policy looks up by a value of the hat is asked of a set; the rest of it stays as it was."""

import pytest

from alert4you.kernel.wall.sets import Sets

HERS = "nullif(current_setting('alert4you.membership_id', true), '')::uuid"
SQL = 'SELECT 1 AS "a" FROM "access_opening" t_U0 WHERE '
HER_OWN = f't_U0."membership_id" = {HERS}'
THE_CHILD = 't_U0."child_id" = ("t"."child_id")'
A_DAY = 't_U0."starts" <= ("t"."day")'
DEEP = 't_U0."id" IN (SELECT 1 FROM "x" t_V0 WHERE t_V0."id" = ("t"."id"))'
OF_A_SET = '("t"."child_id" IS NOT NULL AND "t"."child_id" = ANY ((SELECT "of_hat_1"())::uuid[]))'


@pytest.mark.parametrize(
    ("where", "asked"),
    [
        (f"{THE_CHILD} AND {HER_OWN}", OF_A_SET),
        (
            f"{THE_CHILD} AND {HER_OWN} AND {A_DAY}",
            'EXISTS(SELECT FROM "of_hat_1"() had'
            ' WHERE had.c0 = ("t"."child_id") AND had.c1 <= ("t"."day"))',
        ),
        (HER_OWN, 'EXISTS(SELECT FROM "of_hat_1"() had WHERE true)'),
        (THE_CHILD, None),
        (f"{HER_OWN} AND {A_DAY} OR {THE_CHILD}", None),
        (f"{THE_CHILD} AND NOT ({HER_OWN})", None),
        (f"{THE_CHILD} AND {HER_OWN} AND {DEEP}", None),
    ],
)
def test_only_what_the_hat_keeps_small_is_a_set(where: str, asked: str | None) -> None:
    lookup = f"EXISTS({SQL}{where} LIMIT 1)"
    becomes = asked or f"EXISTS({SQL}{where} LIMIT 1 OFFSET 0)"
    policy = '({}) OR NOT ({}) AND "t"."text" = \'a) AND (\''
    assert Sets().asked(policy.format(lookup, lookup)) == policy.format(becomes, becomes)


def test_what_compares_a_column_of_a_set_with_a_constant_asks_that_set() -> None:
    sets = Sets()
    lookup = f"EXISTS({SQL}{HER_OWN} AND {{}} LIMIT 1)"
    of_kind = 't_U0."kind" = ("t"."kind")'
    sets.asked(lookup.format(f"{of_kind} AND {THE_CHILD}"))
    one_kind = f"""{THE_CHILD} AND t_U0."kind" = 'care'"""
    assert sets.asked(lookup.format(one_kind)) == (
        '("t"."child_id" IS NOT NULL AND "t"."child_id" = ANY (ARRAY(SELECT had.c1'
        """ FROM "of_hat_1"() had WHERE had.c1 IS NOT NULL AND had.c0 = 'care')))"""
    )
    assert sets.asked(lookup.format(f"{A_DAY} AND {one_kind}")).count('"of_hat_2"()') == 1
    assert len([each for each in sets.statements("hats") if each.startswith("CREATE VIEW")]) == 2


def test_names_of_two_policies_in_one_lookup_are_not_mixed_up() -> None:
    mixed = HER_OWN.replace("t_U0", "other_U0")
    where = f"{HER_OWN} AND {THE_CHILD} AND {mixed}"
    tables = SQL.replace(
        '"access_opening" t_U0', '"access_opening" t_U0 JOIN "e" other_U0 ON (true)'
    )
    assert "of_hat" not in Sets().asked(f"EXISTS({tables}{where} LIMIT 1)")


def test_what_the_wall_shows_of_a_table_is_never_in_a_set() -> None:
    """A set is looked up by the owner, who sees all of it."""
    shown = f"EXISTS({SQL.replace('access_opening', 'children_child')}{THE_CHILD} AND {HER_OWN} LIMIT 1)"
    assert Sets().asked(shown) == shown.replace("LIMIT 1", "LIMIT 1 OFFSET 0")
    assert Sets().asked(shown.replace('"children_', '"facts_children_')) == OF_A_SET


def test_a_lookup_inside_one_that_stays_is_a_set_too_and_the_same_one_for_every_table() -> None:
    sets = Sets()
    row = 'EXISTS(SELECT 1 AS "a" FROM "e" t_W0 WHERE t_W0."id" = ("t"."e_id") AND {} LIMIT 1)'
    inside = f"EXISTS({SQL}{HER_OWN} AND " + 't_U0."child_id" = (t_W0."child_id") LIMIT 1)'
    set_ = OF_A_SET.replace('"t".', "t_W0.")
    assert sets.asked(row.format(inside)) == row.format(set_).replace("LIMIT 1", "LIMIT 1 OFFSET 0")
    other = f"EXISTS({SQL}{HER_OWN} AND {THE_CHILD} LIMIT 1)".replace("t_U0", "s_U0")
    assert sets.asked(other) == OF_A_SET
    (view, function, *_rights) = sets.statements("alert4you_coach")
    assert view == (
        'CREATE VIEW "of_hat_1" AS SELECT U0."child_id" AS c0 FROM "access_opening" U0'
        f' WHERE U0."membership_id" = {HERS} AND U0."child_id" IS NOT NULL'
    )
    assert "SECURITY DEFINER" in function and "search_path" in function
