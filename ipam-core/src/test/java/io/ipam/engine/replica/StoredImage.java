package io.ipam.engine.replica;

import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** An image that a test writes. */
record StoredImage(Head head, List<Entry> all) implements Image {
    @Override
    public Optional<Realm> realm() {
        return Optional.of(new Realm(Realm.FORMAT, 0, Realm.Phase.OPEN));
    }

    @Override
    public Iterator<Entry> entries() {
        return all.iterator();
    }

    @Override
    public void close() {
        // Holds no resources.
    }
}
