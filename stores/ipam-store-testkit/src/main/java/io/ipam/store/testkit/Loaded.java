package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import io.ipam.store.StateStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An image that was read to its end. */
record Loaded(Head head, Optional<Realm> realm, List<Entry> entries) {
    static Loaded from(StateStore session) {
        try (Image image = session.load()) {
            return rest(image);
        }
    }

    static Loaded rest(Image image) {
        List<Entry> entries = new ArrayList<>();
        Iterator<Entry> all = image.entries();
        while (all.hasNext()) {
            entries.add(all.next());
        }
        return new Loaded(image.head(), image.realm(), entries);
    }

    /** {@return the entries, each of which must occur once} */
    Set<Entry> set() {
        Set<Entry> set = new HashSet<>(entries);
        Guarantee.SNAPSHOT.equal(entries.size(), set.size(), "the number of distinct entries of a load");
        return set;
    }

    long countHeld() {
        return entries.stream().filter(Entry.Held.class::isInstance).count();
    }

    Optional<Entry.Held> held(Address address) {
        return entries.stream()
                .filter(Entry.Held.class::isInstance)
                .map(Entry.Held.class::cast)
                .filter(held -> held.address().equals(address))
                .findFirst();
    }

    /** Requires that this is the state of a fold. */
    void verifyEquals(Fold fold) {
        Guarantee.ATOMIC.equal(fold.head(), head, "the head of a load");
        Guarantee.FAITHFUL.equal(fold.realm(), realm, "the settings of a load");
        Guarantee.ATOMIC.equal(fold.entries(), set(), "the entries of a load at " + head);
    }
}
