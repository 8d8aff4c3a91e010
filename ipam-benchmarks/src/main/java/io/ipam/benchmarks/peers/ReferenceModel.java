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
 * What the reference system computes for one address of one pool, step by step: the pool's records
 * are one JSON text, which is decoded as a whole; every record is asked whether it is the pod's
 * own; the address of every record is checked and parsed; every address of the pool is listed; the
 * first one that is in no record is picked; a record is added and the whole encoded again. A
 * release decodes, removes and encodes. What the system does besides (the API server, its conflicts
 * and retries, its queues and logs, reading annotations, filtering pools) is left out.
 *
 * <p>A model in Java, which spares what it can. JSON is Jackson's, with one reader and one writer
 * that are kept, where the system has Go's encoding/json. Addresses are Guava's, with nothing of
 * this library; the system counts in big integers. They are compared as texts, as there; but texts
 * are made only up to the first address that is free, where most releases make those of the whole
 * pool. Keys are sorted when written, as there; nothing is kept between two requests, as there.
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
     * Makes a pool.
     *
     * @param first its first address
     * @param size how many addresses it has
     * @param held how many of them are held, from the first on
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

    /** The system checks a text before it parses it, and its check is a parser. */
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
     * @param address what
     * @param uid of the pod that holds it
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
