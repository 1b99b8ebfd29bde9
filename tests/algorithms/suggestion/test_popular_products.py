import numpy as np
from customer_orders import baskets_of, random_orders

from algorithms.suggestion.popular_products import popular_products

COUNTRY, STATE = 1, 2


def test_distinct_customers_are_counted_as_by_hand():
    orders = random_orders(count=200, customers=12)
    members = [(kind, customer % (kind + 1), customer) for kind in (COUNTRY, STATE)
               for customer in range(12)]  # fmt: skip
    table = popular_products(baskets_of(orders), members, 300.0, 4)
    recent = [(c, set(content)) for c, day, content in orders if c and day > 300 - 90]
    for kind in (COUNTRY, STATE):
        for scope in range(kind + 1):
            buyers = {c for c, _content in recent if c % (kind + 1) == scope}
            counts = {
                product: len({c for c, content in recent if c in buyers and product in content})
                for product in range(1, 7)
            }
            best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]
            best = [(product, count) for product, count in best if count >= 3]
            mine = (table.kind == kind) & (table.scope == scope)
            found = list(
                zip(table.product[mine].tolist(), table.customers[mine].tolist(), strict=True)
            )
            assert found == best
            assert table.rank[mine].tolist() == list(range(len(best)))
            assert np.allclose(table.share[mine], [count / len(buyers) for _p, count in best])


def test_one_customer_who_buys_daily_makes_nothing_popular():
    orders = [(1, day, {5: 1.0}) for day in range(30)]
    assert len(popular_products(baskets_of(orders), [(1, 1, 1)], 30, 5)) == 0
    assert len(popular_products(baskets_of(orders), [(1, 1, 1)], 30, 5, least_customers=1)) == 1


def test_no_orders_no_members_and_old_orders_are_nothing():
    orders = [(customer, 1.0, {5: 1.0}) for customer in range(1, 9)]
    members = [(1, 1, customer) for customer in range(1, 9)]
    assert len(popular_products(baskets_of([]), members, 30, 5)) == 0
    assert len(popular_products(baskets_of(orders), [], 30, 5)) == 0
    assert len(popular_products(baskets_of(orders), members, 300, 5)) == 0
    assert len(popular_products(baskets_of(orders), members, 30, 5)) == 1


def test_what_is_not_offered_is_not_named_and_takes_no_place():
    orders = [(buyer, 10, {7: 1.0, 8: 1.0}) for buyer in range(1, 5)] + [(5, 10, {7: 1.0})]
    members = [(1, 1, buyer) for buyer in range(1, 6)]
    table = popular_products(baskets_of(orders), members, 30, 1, offered=[8])
    assert (table.product.tolist(), table.rank.tolist()) == ([8], [0])
    # Who bought only the other is a buyer nevertheless.
    assert table.share.tolist() == [4 / 5]
