package io.ipam.documents;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.util.List;
import java.util.Set;

/** Reads entries and changes; {@link StoreText} has the form. Thread safety: stateless. */
final class StoreTextReader {
    private static final Set<String> REPLACED = Set.of("before", "after");
    private static final Set<String> RELEASED = Set.of("before", "cooling");
    private static final Set<String> HELD = Set.of("address", "pool", "owner", "interface", "generation", "note");
    private static final Set<String> OWNER = Set.of("namespace", "name", "uid", "stateful");
    private static final Set<String> COOLING = Set.of("address", "pool", "lastOwner", "releasedMillis");
    private static final Set<String> POOL = Set.of("definition", "detached", "closed");
    private static final Set<String> RESERVED = Set.of("name", "ipVersion", "ips", "terminating");
    private static final Set<String> REALM = Set.of("format", "coolDownMillis", "phase");

    private StoreTextReader() {}

    static List<Change> changes(List<StoredValue> elements) {
        return elements.stream().map(StoreTextReader::change).toList();
    }

    private static Change change(StoredValue stored) {
        String key = stored.onlyKey();
        StoredValue value = stored.at(key);
        return switch (key) {
            case "granted" -> new Change.Granted(held(value));
            case "renewed" -> renewed(value.only(REPLACED));
            case "released" -> released(value.only(RELEASED));
            case "cooled" -> new Change.Cooled(cooling(value));
            case "poolPut" -> poolPut(value.only(REPLACED));
            case "poolGone" -> new Change.PoolGone(pool(value));
            case "reservedPut" -> reservedPut(value.only(REPLACED));
            case "reservedGone" -> new Change.ReservedGone(ofReserved(value));
            case "realmPut" -> realmPut(value.only(REPLACED));
            case "asFound" -> asFound(value);
            default -> throw stored.invalid("must be a known change, was " + key);
        };
    }

    private static Change renewed(StoredValue value) {
        return new Change.Renewed(held(value.at("before")), held(value.at("after")));
    }

    private static Change released(StoredValue value) {
        return new Change.Released(held(value.at("before")), value.at("cooling").map(StoreTextReader::cooling));
    }

    private static Change poolPut(StoredValue value) {
        return new Change.PoolPut(value.at("before").map(StoreTextReader::pool), pool(value.at("after")));
    }

    private static Change reservedPut(StoredValue value) {
        return new Change.ReservedPut(
                value.at("before").map(StoreTextReader::ofReserved), ofReserved(value.at("after")));
    }

    private static Change realmPut(StoredValue value) {
        return new Change.RealmPut(value.at("before").map(StoreTextReader::realm), realm(value.at("after")));
    }

    private static Change asFound(StoredValue value) {
        value.only(Set.of());
        return new Change.AsFound();
    }

    static Entry entry(StoredValue stored) {
        String key = stored.onlyKey();
        StoredValue value = stored.at(key);
        return switch (key) {
            case "held" -> held(value);
            case "cooling" -> cooling(value);
            case "pool" -> pool(value);
            case "reserved" -> ofReserved(value);
            default -> throw stored.invalid("must be a known entry, was " + key);
        };
    }

    private static Entry.Held held(StoredValue value) {
        value.only(HELD);
        return new Entry.Held(
                address(value.at("address")),
                value.at("pool").text(),
                value.at("owner").map(StoreTextReader::owner),
                value.at("interface").textOrEmpty(),
                value.at("generation").number(),
                value.at("note").textOrEmpty());
    }

    private static Entry.Cooling cooling(StoredValue value) {
        value.only(COOLING);
        return new Entry.Cooling(
                address(value.at("address")),
                value.at("pool").text(),
                owner(value.at("lastOwner")),
                value.at("releasedMillis").number());
    }

    private static Address address(StoredValue value) {
        String text = value.text();
        Address address = Address.parse(text);
        if (!address.toString().equals(text)) {
            throw value.invalid("must be written " + address);
        }
        return address;
    }

    private static Owner owner(StoredValue value) {
        value.only(OWNER);
        return new Owner(
                value.at("stateful").flag(),
                value.at("namespace").text(),
                value.at("name").text(),
                value.at("uid").text());
    }

    private static Entry.OfPool pool(StoredValue value) {
        value.only(POOL);
        return new Entry.OfPool(
                StorePoolText.read(value.at("definition")),
                value.at("detached").flag(),
                value.at("closed").flag());
    }

    private static Entry.OfReserved ofReserved(StoredValue value) {
        return new Entry.OfReserved(reserved(value));
    }

    static ReservedRange reserved(StoredValue value) {
        value.only(RESERVED);
        Family family = family(value.at("ipVersion"));
        return new ReservedRange(
                value.at("name").text(),
                family,
                AddressSet.parseRanges(family, value.at("ips").texts()),
                value.at("terminating").flag());
    }

    private static Family family(StoredValue value) {
        for (Family family : Family.values()) {
            if (family.number() == value.number()) {
                return family;
            }
        }
        throw value.invalid("must be 4 or 6");
    }

    static Realm realm(StoredValue value) {
        value.only(REALM);
        long format = value.at("format").number();
        if (format != (int) format) {
            throw value.at("format").invalid("must be a 32-bit number");
        }
        return new Realm(
                (int) format,
                value.at("coolDownMillis").number(),
                Realm.Phase.valueOf(value.at("phase").text()));
    }
}
