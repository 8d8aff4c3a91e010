package io.ipam.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.ipam.address.Prefix;
import io.ipam.engine.EngineFixture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A lock scope against a sorted set. */
class LockScopeTest {
    private static final int LEDGERS = 9;

    private final List<Ledger> all = IntStream.range(0, LEDGERS)
            .mapToObj(i -> new Ledger(i, Prefix.parse("10.0.0.0/24"), EngineFixture.NO_COOL_DOWN))
            .toList();

    @Test
    void of_ledgersInAnyOrderAndTwice_hasEachOnceByNumber() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            List<Ledger> some = new ArrayList<>();
            TreeSet<Ledger> model = new TreeSet<>(Comparator.comparingInt(Ledger::number));
            for (int j = random.nextInt(7); j > 0; j--) {
                Ledger one = all.get(random.nextInt(LEDGERS));
                some.add(one);
                model.add(one);
            }
            check(LockScope.of(some), model);
        }
    }

    private void check(LockScope scope, TreeSet<Ledger> model) {
        assertEquals(model.size(), scope.size());
        assertEquals(List.copyOf(model).toString(), scope.toString());
        for (Ledger ledger : all) {
            if (model.contains(ledger)) {
                assertSame(ledger, scope.get(ledger.number()));
            } else {
                assertNull(scope.get(ledger.number()));
            }
        }
        assertNull(scope.get(LEDGERS));
    }
}
