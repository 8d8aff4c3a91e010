package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ipam.address.Prefix;
import io.ipam.allocation.Owner;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A footprint against a set. */
class FootprintTest {
    private static final Owner OWNER = Owner.stateless("shop", "cart-0", "u");
    private static final int LEDGERS = 9;

    private final Ledger[] all = new Ledger[LEDGERS];
    private final Random random = new Random(3);

    FootprintTest() {
        for (int i = 0; i < LEDGERS; i++) {
            all[i] = new Ledger(i, Prefix.parse("10.0.0.0/24"), 0);
        }
    }

    /** Some ledgers in any order, some of them twice; behind the first {@code count} are none. */
    private Ledger[] some(int count, Set<Ledger> into) {
        Ledger[] some = new Ledger[count + random.nextInt(2)];
        for (int i = 0; i < count; i++) {
            some[i] = all[random.nextInt(LEDGERS)];
            into.add(some[i]);
        }
        return some;
    }

    private void check(Footprint footprint, Set<Ledger> model) {
        assertEquals(model.size(), footprint.size());
        for (Ledger ledger : all) {
            assertEquals(model.contains(ledger), footprint.has(ledger));
        }
        assertSame(OWNER, footprint.owner());
        assertEquals(Hash.ofIdentity(OWNER), footprint.ownerHash());
    }

    @Test
    void hasEachPoolOnce() {
        check(Footprint.of(OWNER), Set.of());
        for (int i = 0; i < 2_000; i++) {
            Set<Ledger> model = new HashSet<>();
            int count = random.nextInt(6);
            Footprint first = Footprint.of(OWNER, some(count, model), count);
            check(first, model);
            Set<Ledger> before = Set.copyOf(model);
            int more = random.nextInt(6);
            check(first.with(some(more, model), more), model);
            check(first, before);
            Ledger one = all[random.nextInt(LEDGERS)];
            Footprint wider = first.with(one);
            Set<Ledger> withOne = new HashSet<>(before);
            withOne.add(one);
            check(wider, withOne);
            assertSame(wider, wider.with(one));
        }
    }
}
