package io.ipam.documents;

import io.ipam.owner.Owner;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Entries and changes as trees; {@link StoreText} has the form. Thread safety: stateless. */
final class StoreTextWriter {
    private StoreTextWriter() {}

    static Map<String, Object> change(Change change) {
        if (change instanceof Change.Granted granted) {
            return StoredFields.of("granted", held(granted.held()));
        } else if (change instanceof Change.Renewed renewed) {
            return StoredFields.of(
                    "renewed", replaced(Optional.of(renewed.before()), renewed.after(), StoreTextWriter::held));
        } else if (change instanceof Change.Released released) {
            return StoredFields.of("released", released(released));
        } else if (change instanceof Change.Cooled cooled) {
            return StoredFields.of("cooled", cooling(cooled.cooling()));
        } else if (change instanceof Change.RealmPut put) {
            return StoredFields.of("realmPut", replaced(put.before(), put.after(), StoreTextWriter::realm));
        } else if (change instanceof Change.AsFound) {
            return StoredFields.of("asFound", Map.of());
        }
        return definition(change);
    }

    private static Map<String, Object> definition(Change change) {
        if (change instanceof Change.PoolPut put) {
            return StoredFields.of("poolPut", replaced(put.before(), put.after(), StoreTextWriter::pool));
        } else if (change instanceof Change.PoolGone gone) {
            return StoredFields.of("poolGone", pool(gone.before()));
        } else if (change instanceof Change.ReservedPut put) {
            return StoredFields.of(
                    "reservedPut",
                    replaced(
                            put.before().map(Entry.OfReserved::range),
                            put.after().range(),
                            StoreTextWriter::reserved));
        } else if (change instanceof Change.ReservedGone gone) {
            return StoredFields.of("reservedGone", reserved(gone.before().range()));
        }
        throw new IllegalStateException("no text for " + change);
    }

    static Map<String, Object> entry(Entry entry) {
        if (entry instanceof Entry.Held held) {
            return StoredFields.of("held", held(held));
        } else if (entry instanceof Entry.Cooling cooling) {
            return StoredFields.of("cooling", cooling(cooling));
        } else if (entry instanceof Entry.OfPool pool) {
            return StoredFields.of("pool", pool(pool));
        } else if (entry instanceof Entry.OfReserved reserved) {
            return StoredFields.of("reserved", reserved(reserved.range()));
        }
        throw new IllegalStateException("no text for " + entry);
    }

    private static <T> Map<String, Object> replaced(
            Optional<T> before, T after, Function<T, Map<String, Object>> form) {
        return new StoredFields()
                .putOptional("before", before, form)
                .put("after", form.apply(after))
                .map();
    }

    private static Map<String, Object> released(Change.Released released) {
        return new StoredFields()
                .put("before", held(released.before()))
                .putOptional("cooling", released.cooling(), StoreTextWriter::cooling)
                .map();
    }

    private static Map<String, Object> held(Entry.Held held) {
        return new StoredFields()
                .put("address", held.address().toString())
                .put("pool", held.pool())
                .putOptional("owner", held.owner(), StoreTextWriter::owner)
                .putText("interface", held.interfaceName())
                .putNumber("generation", held.generation())
                .putText("note", held.note())
                .map();
    }

    private static Map<String, Object> cooling(Entry.Cooling cooling) {
        return new StoredFields()
                .put("address", cooling.address().toString())
                .put("pool", cooling.pool())
                .put("lastOwner", owner(cooling.lastOwner()))
                .putNumber("releasedMillis", cooling.releasedMillis())
                .map();
    }

    private static Map<String, Object> owner(Owner owner) {
        return new StoredFields()
                .put("namespace", owner.namespace())
                .put("name", owner.name())
                .put("uid", owner.uid())
                .putFlag("stateful", owner.stateful())
                .map();
    }

    private static Map<String, Object> pool(Entry.OfPool entry) {
        return new StoredFields()
                .put("definition", StorePoolText.write(entry.pool()))
                .putFlag("detached", entry.detached())
                .putFlag("closed", entry.closed())
                .map();
    }

    static Map<String, Object> reserved(ReservedRange range) {
        return new StoredFields()
                .put("name", range.name())
                .putNumber("ipVersion", range.family().number())
                .putList("ips", range.addresses().texts(), Function.identity())
                .putFlag("terminating", range.terminating())
                .map();
    }

    static Map<String, Object> realm(Realm realm) {
        return new StoredFields()
                .putNumber("format", realm.format())
                .putNumber("coolDownMillis", realm.coolDownMillis())
                .put("phase", realm.phase().name())
                .map();
    }
}
