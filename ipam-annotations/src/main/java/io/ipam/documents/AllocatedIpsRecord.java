package io.ipam.documents;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonReader;
import java.util.Arrays;

/**
 * One record of {@code status.allocatedIPs}; see {@link AllocatedIps} for the form. Thread safety:
 * stateless.
 */
final class AllocatedIpsRecord {
    private static final JsonKeys KEYS = JsonKeys.of("pod", "podUid", "interface", "namespace", "uid");
    private static final Expected RECORD = Expected.of("a record must be an object with pod and podUid");
    private static final Expected TEXT = Expected.of("must be a text");

    private AllocatedIpsRecord() {}

    /** Reads the record of an address; it has no holder if it has a problem. */
    static AllocatedIps.Entry read(JsonReader reader, String ip) {
        int before = reader.problemCount();
        int start = reader.start();
        String[] texts = texts(reader);
        String json = reader.sourceFrom(start);
        if (reader.problemCount() != before) {
            return new AllocatedIps.Entry(ip, null, json);
        }
        AllocatedIps.Holder holder = new AllocatedIps.Holder(ip, pod(texts[3], texts[0]), texts[1], texts[2]);
        if (holder.podUid().isEmpty()) {
            holder = new AllocatedIps.Holder(ip, holder.pod(), texts[4], texts[2]);
        }
        return new AllocatedIps.Entry(ip, holder, json.equals(usualText(holder)) ? "" : json);
    }

    /** The texts of the keys, empty if a key is absent. */
    private static String[] texts(JsonReader reader) {
        String[] texts = new String[KEYS.names().size()];
        Arrays.fill(texts, "");
        JsonMembers members = reader.members(KEYS, RECORD);
        if (members != null) {
            for (int key = members.next(); key != JsonReader.END; key = members.next()) {
                texts[key] = requireNonNullElse(reader.string(TEXT), "");
            }
        }
        return texts;
    }

    private static String pod(String namespace, String pod) {
        return namespace.isEmpty() || pod.isEmpty() || pod.indexOf('/') >= 0 ? pod : namespace + "/" + pod;
    }

    /** Adds the holder, or the record as it was read. */
    static void put(ObjectNode records, AllocatedIps.Entry entry) {
        AllocatedIps.Holder holder = entry.holder();
        if (holder == null) {
            records.putRawValue(entry.ip(), new RawValue(entry.json()));
        } else {
            records.set(entry.ip(), node(holder));
        }
    }

    /**
     * The canonical text of a record: keys in order, no spaces, no escapes. It need not be stored.
     */
    static String usualText(AllocatedIps.Holder holder) {
        return "{\"pod\":\"" + holder.pod() + "\",\"podUid\":\"" + holder.podUid() + "\"}";
    }

    private static ObjectNode node(AllocatedIps.Holder holder) {
        return JsonNodeFactory.instance.objectNode().put("pod", holder.pod()).put("podUid", holder.podUid());
    }

    /** Whether a text is one JSON value of any kind. */
    static boolean isJson(String text) {
        return JsonReader.read(text, JsonOptions.compatible(DocumentReader.MAX_LENGTH), reader -> true)
                .isJson();
    }
}
