package io.ipam.documents;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.json.Expected;
import io.ipam.json.JsonEntries;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonMembers;
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
 * The holders of a pool's addresses as Spiderpool keeps them in {@code status.allocatedIPs}: one JSON text, keys in the
 * order of their UTF-8 bytes.
 *
 * <pre>
 * {"10.6.1.10":{"pod":"shop/cart-0","podUid":"7f3c"},"10.6.1.9":{"pod":"shop/cart-1","podUid":"8a11"}}
 * </pre>
 *
 * <p>Keys inside a record fold case as Go's encoding/json does, unknown ones are ignored, null leaves the empty text; an
 * address or key that occurs twice is a problem. Addresses are texts here: what they mean is for the one who takes them
 * over.
 *
 * <p>Limit: 2^27 characters. Cost: O(n log n) for n records. Thread safety: immutable.
 */
public final class AllocatedIps {
    private static final JsonKeys KEYS = JsonKeys.of("pod", "podUid");
    private static final int POD = 0;
    private static final Expected RECORDS = Expected.of("an object with one record per address");
    private static final Expected RECORD = Expected.of("a record is an object with pod and podUid");
    private static final Expected TEXT = Expected.of("a text");
    private static final String SUBJECT = "status.allocatedIPs";

    /**
     * Who holds one address.
     *
     * @param ip the address, as written
     * @param pod the pod's {@code namespace/name}
     * @param podUid the pod's uid
     */
    public record Holder(String ip, String pod, String podUid) {
        /**
         * Checks for null.
         *
         * @param ip the address, as written
         * @param pod the pod's {@code namespace/name}
         * @param podUid the pod's uid
         */
        public Holder {
            requireNonNull(ip, "ip");
            requireNonNull(pod, "pod");
            requireNonNull(podUid, "podUid");
        }
    }

    /**
     * What could be read of a text, and what could not.
     *
     * @param allocatedIps the good records; none when the text is not JSON
     * @param problems one for each bad record or key, in the order of the text
     */
    public record Reading(AllocatedIps allocatedIps, List<Problem> problems) {
        /**
         * Copies the problems.
         *
         * @param allocatedIps the good records
         * @param problems one for each bad record or key
         */
        public Reading {
            requireNonNull(allocatedIps, "allocatedIps");
            problems = List.copyOf(problems);
        }
    }

    private final List<Holder> holders;

    private AllocatedIps(Collection<Holder> sorted) {
        this.holders = List.copyOf(sorted);
    }

    /**
     * Makes the text's records.
     *
     * @param holders the holders; of two with one address text, the last one counts
     * @return the records
     */
    public static AllocatedIps of(Collection<Holder> holders) {
        TreeMap<String, Holder> byIp = new TreeMap<>(PoolCatalog.nameOrder());
        holders.forEach(holder -> byIp.put(holder.ip(), holder));
        return new AllocatedIps(byIp.values());
    }

    /**
     * Reads a text all of which must be good.
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
     * Reads a text as far as it is good, so that one bad record does not hide the others. Of two records for one address
     * the first is good.
     *
     * @param json the text
     * @return the good records, and the problems
     */
    public static Reading read(String json) {
        TreeMap<String, Holder> good = new TreeMap<>(PoolCatalog.nameOrder());
        JsonResult<Boolean> result = JsonReader.read(
                json,
                JsonOptions.compatible(DocumentReader.MAX_LENGTH).withEveryProblem(),
                reader -> readAll(reader, good));
        return new Reading(new AllocatedIps(result.value() == null ? List.of() : good.values()), result.problems());
    }

    private static boolean readAll(JsonReader reader, Map<String, Holder> good) {
        JsonEntries entries = reader.entries(RECORDS);
        if (entries == null) {
            return true;
        }
        int before = reader.problemCount();
        for (String ip = entries.next(); ip != null; ip = entries.next()) {
            Holder holder = readHolder(reader, ip);
            if (reader.problemCount() == before) {
                good.put(ip, holder);
            }
            before = reader.problemCount();
        }
        return true;
    }

    private static Holder readHolder(JsonReader reader, String ip) {
        String pod = "";
        String podUid = "";
        JsonMembers members = reader.members(KEYS, RECORD);
        if (members != null) {
            for (int key = members.next(); key != JsonReader.END; key = members.next()) {
                String text = requireNonNullElse(reader.string(TEXT), "");
                if (key == POD) {
                    pod = text;
                } else {
                    podUid = text;
                }
            }
        }
        return new Holder(ip, pod, podUid);
    }

    /** {@return the holders, by address in the order of UTF-8 bytes} */
    public List<Holder> holders() {
        return holders;
    }

    /** {@return the text; empty when there are no holders, as Spiderpool then writes null} */
    public Optional<String> toJson() {
        if (holders.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode records = JsonNodeFactory.instance.objectNode();
        holders.forEach(holder ->
                records.putObject(holder.ip()).put("pod", holder.pod()).put("podUid", holder.podUid()));
        return Optional.of(JsonText.of(records));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AllocatedIps that && holders.equals(that.holders);
    }

    @Override
    public int hashCode() {
        return holders.hashCode();
    }

    /** The text, or null. */
    @Override
    public String toString() {
        return toJson().orElse("null");
    }
}
