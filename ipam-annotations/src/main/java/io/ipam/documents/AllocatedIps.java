package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.json.Expected;
import io.ipam.json.JsonEntries;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.json.JsonText;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The holders of a pool's addresses as Spiderpool stores them in {@code status.allocatedIPs}: one
 * JSON text with its keys in the order of their UTF-8 bytes.
 *
 * <pre>
 * {"10.6.1.10":{"pod":"shop/a-0","podUid":"7f3c"},"10.6.1.9":{"pod":"shop/a-1","podUid":"8a11"}}
 * </pre>
 *
 * <p>Records of older releases are also read. They name the {@code interface}, and the pod by
 * {@code namespace}, {@code pod} and {@code uid}. The case of keys inside a record is ignored, as
 * in Go's encoding/json; unknown keys are ignored. A null is read as the empty text. An address or
 * key that occurs twice is a problem. Addresses are texts here; {@link Takeover} interprets them.
 *
 * <p>Limits: 2^27 characters; 50 problems, and a count of the others. Cost: O(n log n) for n
 * records. Thread safety: immutable.
 */
public final class AllocatedIps {
    private static final Expected RECORDS = Expected.of("must be an object with one record per address");
    private static final String SUBJECT = "status.allocatedIPs";
    private static final JsonOptions OPTIONS =
            JsonOptions.compatible(DocumentReader.MAX_LENGTH).withCountOfRest();

    /**
     * The holder of one address.
     *
     * @param ip the address, as written
     * @param pod the pod's {@code namespace/name}
     * @param podUid the pod's uid
     * @param interfaceName the interface that the record names, empty if there is none; it is read
     *     but never written
     */
    public record Holder(String ip, String pod, String podUid, String interfaceName) {
        /** Checks for null. */
        public Holder {
            requireNonNull(ip, "ip");
            requireNonNull(pod, "pod");
            requireNonNull(podUid, "podUid");
            requireNonNull(interfaceName, "interfaceName");
        }

        /**
         * Makes a holder on an unknown interface.
         *
         * @param ip the address, as written
         * @param pod the pod's {@code namespace/name}
         * @param podUid the pod's uid
         */
        public Holder(String ip, String pod, String podUid) {
            this(ip, pod, podUid, "");
        }
    }

    /**
     * A record without a readable holder.
     *
     * @param ip the address, as written
     * @param json the record, as written
     */
    public record Unreadable(String ip, String json) {
        /** Checks for null. */
        public Unreadable {
            requireNonNull(ip, "ip");
            requireNonNull(json, "json");
        }
    }

    /**
     * The readable part of a text.
     *
     * @param allocatedIps the records up to the first place that is not JSON
     * @param isWhole whether the text is an object of records; otherwise it may contain addresses
     *     that are not among the records
     * @param problems one for each bad record or key, in the order of the text; at most 50, and a
     *     count of the others
     */
    public record Reading(AllocatedIps allocatedIps, boolean isWhole, List<Problem> problems) {
        /** Copies the problems. */
        public Reading {
            requireNonNull(allocatedIps, "allocatedIps");
            problems = List.copyOf(problems);
        }
    }

    /**
     * A record: its holder, null if unreadable, and its text, empty if it is the canonical text of
     * the holder.
     */
    record Entry(String ip, @Nullable Holder holder, String json) {
        static Entry of(Holder holder) {
            return new Entry(holder.ip(), holder, "");
        }
    }

    private final List<Entry> entries;

    private AllocatedIps(Collection<Entry> sorted) {
        this.entries = List.copyOf(sorted);
    }

    /**
     * Creates records.
     *
     * @param holders the holders; of two with the same address text, the last one is kept
     * @return the records
     */
    public static AllocatedIps of(Collection<Holder> holders) {
        return ofEntries(holders.stream().map(Entry::of).toList());
    }

    /** Creates records; of two with the same address text, the last one is kept. */
    static AllocatedIps ofEntries(Collection<Entry> entries) {
        Map<String, Entry> byIp = new TreeMap<>(PoolCatalog.nameOrder());
        entries.forEach(entry -> byIp.put(entry.ip(), entry));
        return new AllocatedIps(byIp.values());
    }

    /**
     * Parses a text that must be valid as a whole.
     *
     * @param json the text
     * @return the records
     * @throws InvalidDocumentException with every problem
     */
    public static AllocatedIps parse(String json) {
        Reading reading = read(json);
        if (!reading.problems().isEmpty()) {
            throw new InvalidDocumentException(SUBJECT, reading.problems());
        }
        return reading.allocatedIps();
    }

    /**
     * Reads the valid part of a text, so that one bad record does not hide the others. Of two
     * records for one address, the first is valid.
     *
     * @param json the text
     * @return the records, and the problems
     */
    public static Reading read(String json) {
        Map<String, Entry> byIp = new TreeMap<>(PoolCatalog.nameOrder());
        JsonResult<Boolean> result = JsonReader.read(json, OPTIONS, reader -> readAll(reader, byIp));
        boolean isWhole = Boolean.TRUE.equals(result.value()) && result.isJson();
        return new Reading(new AllocatedIps(byIp.values()), isWhole, result.problems());
    }

    /** Returns whether the text is an object of records, or null, which has no records. */
    private static boolean readAll(JsonReader reader, Map<String, Entry> byIp) {
        JsonEntries entries = reader.entries(RECORDS);
        if (entries == null) {
            return reader.problemCount() == 0;
        }
        for (String ip = entries.next(); ip != null; ip = entries.next()) {
            byIp.putIfAbsent(ip, AllocatedIpsRecord.read(reader, ip));
        }
        return true;
    }

    /** {@return the readable holders, by address in the order of UTF-8 bytes} */
    public List<Holder> holders() {
        return entries.stream()
                .flatMap(entry -> Optional.ofNullable(entry.holder()).stream())
                .toList();
    }

    /**
     * {@return the records without a readable holder, by address in the order of UTF-8 bytes} They
     * are written as they were read.
     */
    public List<Unreadable> unreadable() {
        return entries.stream()
                .filter(entry -> entry.holder() == null)
                .map(entry -> new Unreadable(entry.ip(), entry.json()))
                .toList();
    }

    List<Entry> entries() {
        return entries;
    }

    /** {@return the text; empty if there are no records, as Spiderpool then writes null} */
    public Optional<String> toJson() {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode records = JsonNodeFactory.instance.objectNode();
        entries.forEach(entry -> AllocatedIpsRecord.put(records, entry));
        return Optional.of(JsonText.of(records));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AllocatedIps that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** The text, or null. */
    @Override
    public String toString() {
        return toJson().orElse("null");
    }
}
