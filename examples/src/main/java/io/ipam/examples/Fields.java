package io.ipam.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of one object of a manifest, read with the type that they must have. A field of
 * another type is a mistake that names the file, the field, and the rule.
 *
 * @param file the file, with the object once its kind and name are known
 * @param path the path of the object in the file, empty for a whole document
 * @param tree the object, as the YAML library returns it
 */
record Fields(String file, String path, Map<?, ?> tree) {
    /** The object at this path; another value is a mistake. */
    static Fields of(String file, String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Fields(file, path, map);
        }
        throw new BrokenManifestException(file, path, "must be an object (key: value lines), not " + describe(value));
    }

    /** The object in a field; an absent one is empty. */
    Fields object(String key) {
        Object value = tree.get(key);
        return value == null ? new Fields(file, at(key), Map.of()) : of(file, at(key), value);
    }

    /** The objects of a list; an absent list is empty. */
    List<Fields> objects(String key) {
        List<Fields> objects = new ArrayList<>();
        for (int i = 0; i < count(key); i++) {
            objects.add(item(key, i));
        }
        return objects;
    }

    /** The number of items of a list; an absent list is empty. */
    int count(String key) {
        return list(key).size();
    }

    /** An item of a list, which must be an object. */
    Fields item(String key, int index) {
        return of(file, at(key) + "[" + index + "]", list(key).get(index));
    }

    private List<?> list(String key) {
        Object value = tree.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw mistake(key, "must be a list, not " + describe(value));
    }

    /** A required text. */
    String text(String key) {
        return optionalText(key).orElseThrow(() -> mistake(key, "is required"));
    }

    /** A text that may be absent; an empty one counts as absent. */
    Optional<String> optionalText(String key) {
        Object value = tree.get(key);
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw mistake(key, "must be a text, not " + describe(value));
    }

    /** A copy whose mistakes also name their object. */
    Fields of(String object) {
        return new Fields(file + ": " + object, path, tree);
    }

    /** A whole number from 0 to a maximum. */
    int count(String key, int absent, int most) {
        Object value = tree.get(key);
        if (value == null) {
            return absent;
        }
        if (value instanceof Integer number && number >= 0 && number <= most) {
            return number;
        }
        throw mistake(key, "must be a whole number from 0 to " + most + ", not " + describe(value));
    }

    /** A boolean. */
    boolean flag(String key, boolean absent) {
        Object value = tree.get(key);
        if (value == null || value instanceof Boolean) {
            return value == null ? absent : (Boolean) value;
        }
        throw mistake(key, "must be true or false, not " + describe(value));
    }

    /** Texts by name, such as labels. */
    Map<String, String> texts(String key) {
        Fields object = object(key);
        Map<String, String> texts = new LinkedHashMap<>();
        Mistakes mistakes = new Mistakes();
        object.tree.forEach((name, value) -> {
            if (name instanceof String known && value instanceof String text) {
                texts.put(known, text);
            } else {
                String rule = "must be a text in quotes, not " + describe(name instanceof String ? value : name);
                mistakes.add(object.mistake(String.valueOf(name), rule));
            }
        });
        mistakes.tell();
        return texts;
    }

    /** The texts of a list; an absent list is empty. */
    List<String> textList(String key) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(key)) {
            if (!(item instanceof String text)) {
                throw mistake(key, "must be a list of texts in quotes, with " + describe(item) + " in it");
            }
            texts.add(text);
        }
        return texts;
    }

    /** The tree, whose keys are texts. */
    Map<String, Object> asTree() {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** Makes the exception for a mistake in one of these fields. */
    BrokenManifestException mistake(String key, String rule) {
        return new BrokenManifestException(file, at(key), rule);
    }

    /** The path of a field; a key with dots is quoted. */
    String at(String key) {
        if (key.isEmpty()) {
            return path;
        }
        if (key.contains(".")) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String describe(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof List ? "a list" : "\"" + value + "\"";
    }
}
