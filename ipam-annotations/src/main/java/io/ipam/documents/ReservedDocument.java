package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.AddressSet;
import io.ipam.pool.ReservedRange;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A SpiderReservedIP: addresses that no pool allocates. Of the metadata, the name and the time of
 * deletion are kept. Thread safety: immutable.
 *
 * @param reserved the addresses
 * @param ips their texts, {@code spec.ips}, as given
 * @param deletedAt when its deletion began; present if and only if {@code reserved} is terminating
 */
public record ReservedDocument(ReservedRange reserved, List<String> ips, Optional<Instant> deletedAt)
        implements Document {
    /** The kind of these documents. */
    public static final String KIND = "SpiderReservedIP";

    /**
     * Copies the texts and checks that the parts agree; throws IllegalArgumentException otherwise.
     */
    public ReservedDocument {
        requireNonNull(reserved, "reserved");
        ips = List.copyOf(ips);
        if (deletedAt.isPresent() != reserved.terminating()) {
            throw new IllegalArgumentException("deletedAt must be present if and only if reserved is terminating, was "
                    + deletedAt + " with terminating " + reserved.terminating());
        }
        if (!AddressSet.parseRanges(reserved.family(), ips).equals(reserved.addresses())) {
            throw new IllegalArgumentException("ips must be the texts of " + reserved.addresses() + ", were " + ips);
        }
    }

    /**
     * {@return a document with canonical texts; of a terminating range, with the epoch as the time
     * of its deletion}
     *
     * @param reserved the addresses
     */
    public static ReservedDocument of(ReservedRange reserved) {
        Optional<Instant> deletedAt = reserved.terminating() ? Optional.of(Instant.EPOCH) : Optional.empty();
        return new ReservedDocument(reserved, reserved.addresses().texts(), deletedAt);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String name() {
        return reserved.name();
    }

    @Override
    public Map<String, Object> toMap() {
        Tree spec = new Tree()
                .put("ipVersion", BigInteger.valueOf(reserved.family().number()))
                .putList("ips", ips, Function.identity());
        return Metadata.document(KIND, reserved.name(), Map.of(), Map.of(), deletedAt)
                .put("spec", spec.map())
                .map();
    }
}
