package io.ipam.benchmarks.peers;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the reference system computes for one address of one pool: the pool's records are one JSON text, which is decoded as a whole;
 * every address of the pool is listed; the first one that is in no record is picked; a record is added and the whole encoded
 * again. A release decodes, removes and encodes. What it does besides (the API server, its conflicts and retries, queues) is left
 * out, and so are reading annotations and filtering pools.
 *
 * <p>A model in Java: Jackson with one reader and one writer that are kept, where the system has Go's encoding/json; addresses by
 * this library, which is faster than the system's arithmetic on big integers. Like the system it sorts the keys and gives up
 * nothing between two requests.
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

    private final List<AddressRange> ranges;
    private String allocated = "{}";

    /**
     * Makes a pool.
     *
     * @param range the addresses of the pool
     * @param held how many of them are held, from the first on
     */
    public ReferenceModel(String range, int held) {
        ranges = List.of(AddressRange.parse(range));
        Map<String, PoolRecord> records = new HashMap<>();
        Address address = ranges.get(0).first();
        for (int i = 0; i < held; i++) {
            records.put(
                    address.toString(), new PoolRecord("shop/cart-" + i, "0b3c7a9e-1d55-4c11-9a6e-%012d".formatted(i)));
            address = address.next();
        }
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
        for (String text : records.keySet()) {
            used.add(Address.parse(text).toString());
        }
        String picked = pick(list(), used);
        records.put(picked, new PoolRecord(pod, uid));
        allocated = encode(records);
        return picked;
    }

    private List<Address> list() {
        List<Address> all = new ArrayList<>();
        for (AddressRange range : ranges) {
            Address address = range.first();
            while (!address.equals(range.last())) {
                all.add(address);
                address = address.next();
            }
            all.add(address);
        }
        return all;
    }

    private static String pick(List<Address> all, Set<String> used) {
        for (Address address : all) {
            String text = address.toString();
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
