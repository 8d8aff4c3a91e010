package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.allocation.Owner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
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
    private record Entry(Ledger ledger, int slot) {}

    /** Texts with equal hashes ("Aa", "BB"), so that clusters of one hash are met. */
    private static Owner owner(int number) {
        String uid = ((number & 1) == 0 ? "Aa" : "BB") + ((number & 2) == 0 ? "Aa" : "BB") + (number >> 2);
        return (number & 4) == 0 ? Owner.stateless("ns", "n", uid) : Owner.stateful("ns", uid, "u");
    }

    @Property(tries = 60)
    void behavesAsAMapOfSets(@ForAll long seed) {
        Random random = new Random(seed);
        Ledger[] ledgers = {Ledgers.small("a"), Ledgers.small("b")};
        OwnerTable table = new OwnerTable();
        Map<Integer, Set<Entry>> model = new TreeMap<>();
        int owners = 1 + random.nextInt(80);
        for (int step = 0; step < 1500; step++) {
            int number = random.nextInt(owners);
            Set<Entry> held = model.computeIfAbsent(number, n -> new HashSet<>());
            Entry entry = new Entry(ledgers[random.nextInt(2)], random.nextInt(4));
            if (held.add(entry)) {
                table.add(owner(number), Hash.ofIdentity(owner(number)), entry.ledger, entry.slot);
            } else {
                held.remove(entry);
                table.remove(owner(number), Hash.ofIdentity(owner(number)), entry.ledger, entry.slot);
            }
            model.values().removeIf(Set::isEmpty);
            assertEquals(model.size(), table.size());
            int probe = random.nextInt(owners);
            assertEquals(model.getOrDefault(probe, Set.of()), held(table, owner(probe)));
        }
        for (int i = 0; i < owners; i++) {
            assertEquals(model.getOrDefault(i, Set.of()), held(table, owner(i)));
        }
    }

    /** Owners come and go: what they leave behind does not make the table grow, nor a search endless. */
    @Test
    void entriesThatWereLeftAreUsedAgain() {
        Ledger ledger = Ledgers.small("a");
        OwnerTable table = new OwnerTable();
        for (int i = 0; i < 100_000; i++) {
            Owner owner = Owner.stateless("ns", "n", "u" + i);
            table.add(owner, Hash.ofIdentity(owner), ledger, i);
            if (i >= 20) {
                Owner old = Owner.stateless("ns", "n", "u" + (i - 20));
                table.remove(old, Hash.ofIdentity(old), ledger, i - 20);
                assertEquals(Set.of(), held(table, old));
            }
        }
        assertEquals(20, table.size());
        assertTrue(table.entryBound() <= 64, "" + table.entryBound());
    }

    /** Pools come and go: their ledgers, with all that is in them, are not kept by owners who have left. */
    @Test
    void whatWasRemovedIsNotKept() throws InterruptedException {
        OwnerTable table = new OwnerTable();
        List<WeakReference<Ledger>> ledgers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Owner owner = Owner.stateless("ns", "n", "u" + i);
            Ledger ledger = Ledgers.small("a");
            table.add(owner, Hash.ofIdentity(owner), ledger, i);
            table.add(owner, Hash.ofIdentity(owner), ledger, i + 1);
            table.remove(owner, Hash.ofIdentity(owner), ledger, i);
            table.remove(owner, Hash.ofIdentity(owner), ledger, i + 1);
            ledgers.add(new WeakReference<>(ledger));
        }
        for (int i = 0; i < 50 && ledgers.stream().anyMatch(ledger -> ledger.get() != null); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(0, ledgers.stream().filter(ledger -> ledger.get() != null).count());
        assertEquals(0, table.size());
    }

    @Test
    void keepsTheOwnerObjectOfTheLatestUid() {
        OwnerTable table = new OwnerTable();
        Ledger ledger = Ledgers.small("a");
        Owner first = Owner.stateful("ns", "db-0", "u1");
        Owner second = Owner.stateful("ns", "db-0", "u2");
        Owner third = Owner.stateful("ns", "db-0", "u3");
        table.add(first, Hash.ofIdentity(first), ledger, 0);
        table.add(second, Hash.ofIdentity(second), ledger, 1);
        assertSame(second, onlyOwner(table));
        table.renew(third, Hash.ofIdentity(third));
        assertSame(third, onlyOwner(table));
        assertThrows(IllegalStateException.class, () -> table.renew(Owner.stateful("ns", "db-1", "u"), 1));
        assertThrows(IllegalStateException.class, () -> table.remove(first, Hash.ofIdentity(first), ledger, 2));
        assertThrows(IllegalStateException.class, () -> table.remove(Owner.stateful("ns", "x", ""), 1, ledger, 0));
    }

    /** Wherever the entry of an owner lies, the first one of the table too. */
    @Test
    void renewsInEveryEntry() {
        Ledger ledger = Ledgers.small("a");
        for (int i = 0; i < 50; i++) {
            OwnerTable table = new OwnerTable();
            Owner first = Owner.stateful("ns", "db-" + i, "u1");
            Owner second = Owner.stateful("ns", "db-" + i, "u2");
            table.add(first, Hash.ofIdentity(first), ledger, 0);
            table.renew(second, Hash.ofIdentity(second));
            assertSame(second, onlyOwner(table));
        }
    }

    /** One owner's records come and go at both ends of his list: the room of those that went is used again. */
    @Test
    void linksThatWereLeftAreUsedAgain() {
        Ledger ledger = Ledgers.small("a");
        OwnerTable table = new OwnerTable();
        Owner owner = owner(0);
        int hash = Hash.ofIdentity(owner);
        table.add(owner, hash, ledger, 0);
        for (int i = 0; i < 100; i++) {
            table.add(owner, hash, ledger, i + 1);
            assertEquals(2, table.linksFrom(table.firstLink(owner)));
            assertEquals(0, table.nextLink(table.firstLink(owner)));
            table.remove(owner, hash, ledger, i % 3 == 0 ? i + 1 : heldFirst(table, owner));
            assertEquals(1, table.linksFrom(table.firstLink(owner)));
            table.add(owner, hash, ledger, 1000);
            table.remove(owner, hash, ledger, heldFirst(table, owner));
            table.remove(owner, hash, ledger, 1000);
            assertEquals(OwnerTable.NONE, table.firstLink(owner));
            assertEquals(0, table.linksFrom(OwnerTable.NONE));
            table.add(owner, hash, ledger, 0);
        }
    }

    private static int heldFirst(OwnerTable table, Owner owner) {
        return table.slot(table.firstLink(owner));
    }

    private static Owner onlyOwner(OwnerTable table) {
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < table.entryBound(); i++) {
            Owner owner = table.ownerOf(i);
            if (owner != null) {
                owners.add(owner);
            }
        }
        assertEquals(1, owners.size());
        return owners.get(0);
    }

    private static Set<Entry> held(OwnerTable table, Owner owner) {
        Set<Entry> held = new HashSet<>();
        for (int link = table.firstLink(owner); link != OwnerTable.NONE; link = table.nextLink(link)) {
            held.add(new Entry(table.ledger(link), table.slot(link)));
        }
        return held;
    }
}
