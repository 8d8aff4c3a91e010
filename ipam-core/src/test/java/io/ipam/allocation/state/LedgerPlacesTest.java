package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.UpdateResult;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerPlacesTest {
    private final LedgerPlaces places = new LedgerPlaces();

    @Test
    void everyLedgerHasAPlaceOfItsOwn() {
        Random random = new Random(3);
        List<Ledger> present = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            if (present.isEmpty() || present.size() < 40 && random.nextBoolean()) {
                Ledger ledger = Ledgers.small("a");
                places.enter(ledger);
                places.enter(ledger);
                present.add(ledger);
            } else {
                Ledger gone = present.remove(random.nextInt(present.size()));
                int place = gone.place();
                places.leave(gone);
                assertNull(places.at(place));
                assertEquals(LedgerPlaces.NONE, gone.place());
            }
            Set<Integer> taken = new HashSet<>();
            for (Ledger ledger : present) {
                assertSame(ledger, places.at(ledger.place()));
                assertTrue(taken.add(ledger.place()));
                assertTrue(ledger.place() < 40, "places that were left are taken again");
            }
        }
    }

    @Test
    void noPlaceHasNoLedger() {
        assertNull(places.at(LedgerPlaces.NONE));
        assertNull(places.at(0));
        assertNull(places.at(Integer.MAX_VALUE));
        Ledger never = Ledgers.small("a");
        assertThrows(IllegalStateException.class, () -> places.leave(never));
    }

    @Test
    void aLedgerThatLeftIsNotKept() throws InterruptedException {
        List<WeakReference<Ledger>> ledgers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Ledger ledger = Ledgers.small("a");
            places.enter(ledger);
            places.leave(ledger);
            ledgers.add(new WeakReference<>(ledger));
        }
        for (int i = 0; i < 50 && ledgers.stream().anyMatch(ledger -> ledger.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(0, ledgers.stream().filter(ledger -> ledger.get() != null).count());
    }

    /** Pools come and go by updates, some of which are blocked: the places of those that went are taken again. */
    @Test
    void updatesTakePlacesAgain() {
        Pool kept = Pool.builder("kept", "10.1.0.0/24").ips("10.1.0.1-10.1.0.9").build();
        Pool passing =
                Pool.builder("passing", "10.2.0.0/24").ips("10.2.0.1-10.2.0.9").build();
        Pool moved =
                Pool.builder("kept", "10.3.0.0/24").ips("10.3.0.1-10.3.0.9").build();
        MemoryState state = new MemoryState(PoolCatalog.of(kept), new StateSettings(0, null));
        for (int i = 0; i < 50; i++) {
            PoolCatalog with = state.live().catalog().with(passing);
            assertInstanceOf(
                    UpdateResult.Updated.class, state.update(state.live().catalog(), with, false, 0));
            Definition definition = state.live().pool("passing");
            assertTrue(definition != null && definition.ledger().place() < 2);
            assertInstanceOf(UpdateResult.Blocked.class, state.update(with, PoolCatalog.of(moved), false, 0));
            assertInstanceOf(UpdateResult.Updated.class, state.update(with, with.without("passing"), false, 0));
            assertEquals(List.of(), state.verify());
        }
    }
}
