package io.ipam.store.testkit;

import io.ipam.store.Entry;
import io.ipam.store.Head;
import io.ipam.store.Image;
import io.ipam.store.Realm;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An image whose entries pass a function. Thread safety: none. */
class EditedImage implements Image {
    private final Image image;
    private final UnaryOperator<List<Entry>> edit;

    EditedImage(Image image, UnaryOperator<List<Entry>> edit) {
        this.image = image;
        this.edit = edit;
    }

    @Override
    public Head head() {
        return image.head();
    }

    @Override
    public Optional<Realm> realm() {
        return image.realm();
    }

    @Override
    public Iterator<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        image.entries().forEachRemaining(entries::add);
        return edit.apply(entries).iterator();
    }

    @Override
    public void close() {
        image.close();
    }
}
