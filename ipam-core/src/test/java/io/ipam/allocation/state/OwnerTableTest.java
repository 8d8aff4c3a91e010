package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OwnerTableTest {
    private static final long BASE = 0x0a000000L;

    private record Entry(Ledger ledger, long host) {}

    private final LedgerPlaces places = new LedgerPlaces();
    private final Ledger a = entered("a");
    private final Ledger b = entered("b");
    private final OwnerTable table = new OwnerTable(places);

    private Ledger entered(String name) {
        Ledger ledger = Ledgers.small(name);
        places.enter(ledger);
        return ledger;
    }

    /** Texts with equal hashes ("Aa", "BB"), so that tags of one hash are met. */
    private static Owner owner(int number) {
        String uid = ((number & 1) == 0 ? "Aa" : "BB") + ((number & 2) == 0 ? "Aa" : "BB") + (number >> 2);
        return (number & 4) == 0 ? Owner.stateless("ns", "n", uid) : Owner.stateful("ns", uid, "u");
    }

    /** One of 1024 owners whose hashes are all the same. */
    private static Owner likeAllOthers(int number) {
        StringBuilder uid = new StringBuilder();
        for (int bit = 0; bit < 10; bit++) {
            uid.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return Owner.stateless("ns", "n", uid.toString());
    }

    private static Owner numbered(int number) {
        return Owner.stateless("ns", "n", "u" + number);
    }

    /** Lets an owner hold an address, as a grant does: the ledger has the record first. */
    private void hold(Owner owner, Ledger ledger, long host) {
        int slot = ledger.restoreHeld(0, BASE + host, owner, "eth0", 1);
        assertNotEquals(RecordTable.NONE, slot);
        table.add(owner, Hash.ofIdentity(owner), ledger, slot);
    }

    /** Ends a record, as a release does. */
    private void release(Owner owner, Ledger ledger, long host) {
        int slot = ledger.records().find(0, BASE + host);
        table.remove(owner, Hash.ofIdentity(owner), ledger, slot);
        ledger.release(slot);
    }

    private Entry entry(int link) {
        Ledger ledger = table.ledger(link);
        return new Entry(ledger, ledger.records().low(table.slot(link)) - BASE);
    }

    private void releaseFirst(Owner owner) {
        Entry first = entry(table.firstLink(owner));
        release(owner, first.ledger, first.host);
    }

    private Set<Entry> held(Owner owner) {
        Set<Entry> held = new HashSet<>();
        for (int link = table.firstLink(owner); link != OwnerTable.NONE; link = table.nextLink(link)) {
            assertTrue(held.add(entry(link)));
        }
        return held;
    }

    /** Records come and go in no order, most of them at the low slots, where they are near. */
    @Property(tries = 60)
    void behavesAsAMapOfSets(@ForAll long seed) {
        new OwnerTableTest().compareWithModel(new Random(seed));
    }

    private void compareWithModel(Random random) {
        Map<Integer, Set<Entry>> model = new TreeMap<>();
        Map<Entry, Integer> holders = new HashMap<>();
        int owners = 1 + random.nextInt(80);
        for (int step = 0; step < 1500; step++) {
            Entry entry = new Entry(random.nextBoolean() ? a : b, random.nextInt(8 + random.nextInt(80)) / 8);
            Integer holder = holders.remove(entry);
            if (holder == null) {
                int number = random.nextInt(owners);
                hold(owner(number), entry.ledger, entry.host);
                holders.put(entry, number);
                model.computeIfAbsent(number, n -> new HashSet<>()).add(entry);
            } else {
                release(owner(holder), entry.ledger, entry.host);
                model.get(holder).remove(entry);
            }
            model.values().removeIf(Set::isEmpty);
            assertEquals(model.size(), table.size());
            int probe = random.nextInt(owners);
            assertEquals(model.getOrDefault(probe, Set.of()), held(owner(probe)));
        }
        for (int i = 0; i < owners; i++) {
            assertEquals(model.getOrDefault(i, Set.of()), held(owner(i)));
        }
    }

    /** Owners come and go: what they leave behind does not make the table grow. */
    @Test
    void roomThatWasLeftIsUsedAgain() {
        for (int i = 0; i < 100_000; i++) {
            hold(numbered(i), a, i % 21);
            if (i >= 20) {
                release(numbered(i - 20), a, (i - 20) % 21);
                assertEquals(Set.of(), held(numbered(i - 20)));
            }
        }
        assertEquals(20, table.size());
        assertTrue(table.entryBound() <= 64, "" + table.entryBound());
    }

    /** More owners of one hash than a bucket can count that went beyond it; they leave in another order than they came. */
    @Test
    void ownersOfOneHashAreToldApart() {
        List<Integer> order = new ArrayList<>();
        Ledger wide = new Ledger(3, io.ipam.address.Prefix.parse("10.0.0.0/16"), 0);
        places.enter(wide);
        for (int i = 0; i < 700; i++) {
            hold(likeAllOthers(i), wide, i);
            order.add(i);
        }
        Collections.shuffle(order, new Random(5));
        for (int left = 700; left > 0; left--) {
            assertEquals(left, table.size());
            int next = order.get(left - 1);
            assertEquals(Set.of(new Entry(wide, next)), held(likeAllOthers(next)));
            release(likeAllOthers(next), wide, next);
            assertEquals(Set.of(), held(likeAllOthers(next)));
        }
        for (int i = 0; i < 300; i++) {
            hold(numbered(i), wide, i);
            assertEquals(Set.of(new Entry(wide, i)), held(numbered(i)));
        }
    }

    /** When those that went beyond a full bucket have left, a search ends there again; seen by whom it finds. */
    @Test
    void whoWentBeyondABucketIsFoundUntilHeLeaves() {
        for (int i = 0; i < 30; i++) {
            hold(likeAllOthers(i), a, i);
        }
        for (int i = 0; i < 30; i++) {
            release(likeAllOthers(i), a, i);
            for (int j = 0; j < 30; j++) {
                assertEquals(j > i, table.firstLink(likeAllOthers(j)) != OwnerTable.NONE, j + " after " + i);
            }
        }
        assertEquals(0, table.size());
    }

    /** The owner object of a record may be replaced by one of the same identity: the table keeps none. */
    @Test
    void findsOwnersByIdentity() {
        Owner first = Owner.stateful("ns", "db-0", "u1");
        Owner second = Owner.stateful("ns", "db-0", "u2");
        hold(first, a, 0);
        hold(second, b, 1);
        assertEquals(Set.of(new Entry(a, 0), new Entry(b, 1)), held(second));
        assertEquals(1, table.size());
        a.records().replace(0, Owner.stateful("ns", "db-0", "u3"), "eth0", 2);
        assertEquals(2, held(first).size());
        assertEquals(Set.of(), held(Owner.stateful("ns", "db-1", "u1")));
        assertEquals(Set.of(), held(Owner.stateless("ns", "db-0", "u1")));
    }

    @Test
    void removesWhatIsThereAlone() {
        Owner owner = owner(0);
        int hash = Hash.ofIdentity(owner);
        hold(owner, a, 0);
        assertThrows(IllegalStateException.class, () -> table.remove(owner, hash, a, 1));
        assertThrows(IllegalStateException.class, () -> table.remove(owner, hash, b, 0));
        assertThrows(IllegalStateException.class, () -> table.remove(owner, hash ^ 1 << 20, a, 0));
        hold(owner, a, 1);
        hold(owner, b, 2);
        assertThrows(IllegalStateException.class, () -> table.remove(owner, hash, b, 0));
        assertEquals(3, held(owner).size());
    }

    /** One owner's records come and go at both ends of his list: the room of those that went is used again. */
    @Test
    void linksThatWereLeftAreUsedAgain() {
        Owner owner = owner(0);
        hold(owner, a, 0);
        int highest = 0;
        for (int i = 0; i < 100; i++) {
            hold(owner, a, 1);
            hold(owner, b, 7);
            assertEquals(3, table.linksFrom(table.firstLink(owner)));
            highest = Math.max(highest, table.firstLink(owner));
            release(owner, i % 2 == 0 ? b : a, i % 2 == 0 ? 7 : 1);
            assertEquals(2, table.linksFrom(table.firstLink(owner)));
            releaseFirst(owner);
            assertEquals(1, table.linksFrom(table.firstLink(owner)));
            releaseFirst(owner);
            assertEquals(OwnerTable.NONE, table.firstLink(owner));
            assertEquals(0, table.linksFrom(OwnerTable.NONE));
            hold(owner, a, 0);
        }
        assertTrue(highest < 3, "" + highest);
    }

    /** Every entry names its owner's first record, and no other index does. */
    @Test
    void entriesAreThoseOfOwners() {
        for (int i = 0; i < 50; i++) {
            hold(numbered(i), a, i);
        }
        hold(numbered(7), b, 7);
        Set<Integer> firsts = new HashSet<>();
        for (int entry = 0; entry < table.entryBound(); entry++) {
            int first = table.firstLinkIn(entry);
            if (first != OwnerTable.NONE) {
                assertTrue(firsts.add(first));
            }
        }
        assertEquals(50, firsts.size());
        for (int i = 0; i < 50; i++) {
            assertTrue(firsts.contains(table.firstLink(numbered(i))));
        }
    }

    @Test
    void aLedgerThatHasEndedIsTold() {
        Ledger gone = entered("c");
        hold(owner(0), gone, 0);
        int link = table.firstLink(owner(0));
        assertNotEquals(OwnerTable.NONE, link);
        places.leave(gone);
        assertThrows(IllegalStateException.class, () -> table.ledger(link));
    }
}
