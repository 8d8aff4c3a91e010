package io.ipam.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The computations of the reference system for one address of one pool, step by step. The records
 * of the pool are one JSON text, which is decoded as a whole. Every record is compared with the
 * pod. The address of every record is checked and parsed. Every address of the pool is listed. The
 * first address without a record is chosen. A record is added, and the whole text is encoded again.
 * A release decodes, removes, and encodes. The model omits everything else: the API server,
 * conflicts and retries, queues and logs, reading annotations, and filtering pools.
 *
 * <p>The model is in Java and avoids work where it can. JSON is processed by Jackson with one
 * shared reader and writer, where the system uses Go's encoding/json. Addresses are Guava's,
 * without any code of ipam; the system counts in big integers. Addresses are compared as texts, as
 * in the system. But texts are created only up to the first free address, where most releases of
 * the system create those of the whole pool. As in the system, keys are sorted when written, and
 * nothing is cached between requests.
 *
 * <p>Thread safety: none.
 */
public final class ReferenceModel {
    /**
     * A record.
     *
     * @param pod namespace and name
     * @param podUid the uid
     */
    public record PoolRecord(
            @JsonProperty("pod") String pod,
            @JsonProperty("podUid") String podUid) {}

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectReader READER = MAPPER.readerFor(new TypeReference<HashMap<String, PoolRecord>>() {});
    private static final ObjectWriter WRITER = MAPPER.writerFor(new TypeReference<Map<String, PoolRecord>>() {});

    private final String first;
    private final String last;
    private String allocated = "{}";

    /**
     * Creates a pool.
     *
     * @param first its first address
     * @param size its number of addresses
     * @param held the number of held addresses, which are the first ones
     */
    public ReferenceModel(String first, int size, int held) {
        this.first = first;
        Map<String, PoolRecord> records = new HashMap<>();
        InetAddress address = InetAddresses.forString(first);
        for (int i = 0; i < size - 1; i++) {
            if (i < held) {
                String uid = "0b3c7a9e-1d55-4c11-9a6e-%012d".formatted(i);
                records.put(InetAddresses.toAddrString(address), new PoolRecord("shop/cart-" + i, uid));
            }
            address = InetAddresses.increment(address);
        }
        last = InetAddresses.toAddrString(address);
        allocated = encode(records);
    }

    /**
     * Allocates.
     *
     * @param pod namespace and name
     * @param uid the uid
     * @return the address
     */
    public String allocate(String pod, String uid) {
        Map<String, PoolRecord> records = decode();
        Set<String> used = new HashSet<>();
        for (Map.Entry<String, PoolRecord> entry : records.entrySet()) {
            if (entry.getValue().podUid().equals(uid)) {
                return entry.getKey();
            }
            used.add(InetAddresses.toAddrString(parse(entry.getKey())));
        }
        String picked = pick(list(), used);
        records.put(picked, new PoolRecord(pod, uid));
        allocated = encode(records);
        return picked;
    }

    /** The system checks a text before parsing, and its check is a parser. */
    private static InetAddress parse(String text) {
        if (!InetAddresses.isInetAddress(text)) {
            throw new IllegalStateException("invalid IP format " + text);
        }
        return InetAddresses.forString(text);
    }

    private List<InetAddress> list() {
        List<InetAddress> all = new ArrayList<>();
        InetAddress end = parse(last);
        InetAddress address = parse(first);
        while (!address.equals(end)) {
            all.add(address);
            address = InetAddresses.increment(address);
        }
        all.add(end);
        return all;
    }

    private static String pick(List<InetAddress> all, Set<String> used) {
        for (InetAddress address : all) {
            String text = InetAddresses.toAddrString(address);
            if (!used.contains(text)) {
                return text;
            }
        }
        throw new IllegalStateException("all IP addresses used out");
    }

    /**
     * Releases.
     *
     * @param address the address
     * @param uid the uid of the pod that holds it
     * @return whether it was held
     */
    public boolean release(String address, String uid) {
        Map<String, PoolRecord> records = decode();
        PoolRecord found = records.get(address);
        if (found == null || !found.podUid().equals(uid)) {
            return false;
        }
        records.remove(address);
        allocated = encode(records);
        return true;
    }

    private Map<String, PoolRecord> decode() {
        try {
            return Objects.requireNonNull(READER.readValue(allocated));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(Map<String, PoolRecord> records) {
        try {
            return WRITER.writeValueAsString(new TreeMap<>(records));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
