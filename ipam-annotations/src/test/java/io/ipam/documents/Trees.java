package io.ipam.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees for tests, read by another library. */
final class Trees {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Trees() {}

    /** A tree from JSON with ' instead of ". */
    static Map<String, Object> of(String json) {
        try {
            return MAPPER.readValue(json.replace('\'', '"'), new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A pool document with this spec. */
    static Map<String, Object> pool(String name, String spec) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "spiderpool.spidernet.io/v2beta1");
        tree.put("kind", "SpiderIPPool");
        tree.put("metadata", of("{'name':'" + name + "'}"));
        tree.put("spec", of(spec));
        return tree;
    }

    /** A reserved document with this spec. */
    static Map<String, Object> reserved(String name, String spec) {
        Map<String, Object> tree = pool(name, spec);
        tree.put("kind", "SpiderReservedIP");
        return tree;
    }

    /** A list of documents. */
    static Map<String, Object> list(Object... items) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "List");
        tree.put("items", List.of(items));
        return tree;
    }

    /** The tree as JSON, written by another library. */
    static String json(Map<String, ?> tree) {
        try {
            return MAPPER.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
