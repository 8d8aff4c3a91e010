package io.ipam.simulation;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.List;

/** The pools, addresses, and owners of a simulation: few enough that requests meet. */
final class World {
    static final Family V4 = Family.ofNumber(4).orElseThrow();
    static final Family V6 = Family.ofNumber(6).orElseThrow();

    /** The first three are IPv4 pools. */
    static final List<String> POOLS = List.of("a4", "b4", "c4", "a6", "b6");

    static final int V4_POOLS = 3;
    static final int LAST = 4;

    /** Two pods that return under a new uid, one pod, and two stateful owners. */
    static final List<Owner> OWNERS = List.of(
            Owner.stateless("shop", "p", "p/1"),
            Owner.stateless("shop", "p", "p/2"),
            Owner.stateless("shop", "q", "q/1"),
            Owner.stateless("shop", "q", "q/2"),
            Owner.stateless("shop", "r", "r/1"),
            Owner.stateful("shop", "db", "db/1"),
            Owner.stateful("shop", "db", "db/2"),
            Owner.stateful("shop", "vm", "vm/1"),
            Owner.stateful("shop", "vm", "vm/2"));

    /** Every address that a pool can have. */
    static final List<Address> ADDRESSES = addresses();

    private World() {}

    static Family familyOf(int pool) {
        return pool < V4_POOLS ? V4 : V6;
    }

    /** Address n of a pool, n from 1. */
    static Address address(int pool, int n) {
        return Address.parse(base(pool) + n);
    }

    private static String base(int pool) {
        return pool < V4_POOLS ? "10." + (pool + 1) + ".0." : "2001:db8:" + (pool - V4_POOLS + 1) + "::";
    }

    private static List<Address> addresses() {
        List<Address> all = new ArrayList<>();
        for (int pool = 0; pool < POOLS.size(); pool++) {
            for (int n = 1; n <= LAST; n++) {
                all.add(address(pool, n));
            }
        }
        return List.copyOf(all);
    }

    /** A pool with the addresses 1 to last. */
    static Pool pool(int number, int last, boolean isDisabled) {
        String name = POOLS.get(number);
        Pool pool = number < V4_POOLS ? v4(name, number + 1, last) : v6(name, number - V4_POOLS + 1, last);
        return isDisabled ? disabled(pool) : pool;
    }
}
