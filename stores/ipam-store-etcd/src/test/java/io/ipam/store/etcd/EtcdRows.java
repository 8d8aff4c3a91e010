package io.ipam.store.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.grpc.Channel;
import io.ipam.crash.StoreRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The keys of a realm at one revision of etcd, read with etcd's own messages and a JSON parser, not
 * through the store. The grants and releases of the log must result in the held addresses.
 */
final class EtcdRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;

    private final KVGrpc.KVBlockingStub client;
    private final String root;
    private final long revision;
    private final StoreRows rows = new StoreRows();
    private final Map<String, String> held = new TreeMap<>();

    private EtcdRows(Channel channel, String realm) {
        client = KVGrpc.newBlockingStub(channel).withMaxInboundMessageSize(Integer.MAX_VALUE);
        root = "/ipam/" + realm + "/";
        revision = client.range(request("head", 1)).getHeader().getRevision();
    }

    static StoreRows read(Channel channel, String realm) {
        EtcdRows reader = new EtcdRows(channel, realm);
        reader.readHeld();
        reader.readLog();
        reader.pairs("p/").forEach(pool -> reader.rows.addPool(name(pool)));
        return reader.rows;
    }

    /** The value of a held address as a process prints its replica: owner, address, generation. */
    static String line(io.ipam.store.etcd.KeyValue pair) {
        JsonNode entry = parsed(pair.value()).path("held");
        return entry.path("owner").path("name").textValue()
                + "=" + entry.path("address").textValue()
                + "=" + entry.path("generation").textValue();
    }

    private void readHeld() {
        for (KeyValue pair : pairs("a/")) {
            JsonNode entry = parsed(pair.getValue().toStringUtf8()).path("held");
            String address = entry.path("address").textValue();
            rows.expect(name(pair).equals(address), "the key " + name(pair) + " has " + entry);
            held.put(address, entry.path("generation").textValue());
            rows.addHeld(
                    address,
                    entry.path("owner").path("namespace").textValue(),
                    entry.path("owner").path("name").textValue(),
                    entry.path("interface").textValue(),
                    Long.parseLong(held.get(address)));
        }
    }

    private void readLog() {
        List<KeyValue> log = pairs("log/");
        rows.setLog(log.size(), Long.parseLong(name(log.get(0))), Long.parseLong(name(log.get(log.size() - 1))));
        String[] last = log.get(log.size() - 1).getValue().toStringUtf8().split("\n");
        String head = client.range(
                        request("head", 1).toBuilder().setRevision(revision).build())
                .getKvs(0)
                .getValue()
                .toStringUtf8();
        rows.expect(head.equals(last[0]), "the head is " + head + ", the last commit is " + last[0]);
        String[] parts = head.split("\\|");
        rows.setHead(Long.parseLong(parts[4]), Long.parseLong(parts[3]));
        replay(log);
    }

    private void replay(List<KeyValue> log) {
        Map<String, String> replayed = new TreeMap<>();
        for (KeyValue pair : log) {
            String text = pair.getValue().toStringUtf8();
            for (JsonNode change : parsed(text.substring(text.indexOf('\n')))) {
                if (change.has("asFound")) {
                    return; // The commit accepted keys that the log does not explain.
                }
                replay(replayed, change);
            }
        }
        rows.expect(replayed.equals(held), "the log results in " + replayed + ", there are " + held);
    }

    private void replay(Map<String, String> replayed, JsonNode change) {
        if (change.has("granted")) {
            String before = put(replayed, change.path("granted"));
            rows.expect(before == null, "the log grants an address again: " + change);
        } else if (change.has("renewed")) {
            put(replayed, change.path("renewed").path("after"));
        } else if (change.has("released")) {
            JsonNode released = change.path("released").path("before");
            String before = replayed.remove(released.path("address").textValue());
            rows.expect(
                    released.path("generation").textValue().equals(before),
                    "the log releases " + released + ", was " + before);
        }
    }

    private static String put(Map<String, String> replayed, JsonNode entry) {
        return replayed.put(
                entry.path("address").textValue(), entry.path("generation").textValue());
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static String name(KeyValue pair) {
        String key = pair.getKey().toStringUtf8();
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private List<KeyValue> pairs(String prefix) {
        List<KeyValue> pairs = new ArrayList<>();
        ByteString end = ByteString.copyFromUtf8(root + prefix.replace('/', '0'));
        RangeRequest.Builder request =
                request(prefix, PAGE).toBuilder().setRangeEnd(end).setRevision(revision);
        boolean hasMore = true;
        while (hasMore) {
            RangeResponse response = client.range(request.build());
            pairs.addAll(response.getKvsList());
            hasMore = response.getMore();
            if (hasMore) {
                ByteString last = pairs.get(pairs.size() - 1).getKey();
                request.setKey(last.concat(ByteString.copyFrom(new byte[1])));
            }
        }
        return pairs;
    }

    private RangeRequest request(String key, int limit) {
        return RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(root + key))
                .setLimit(limit)
                .build();
    }
}
