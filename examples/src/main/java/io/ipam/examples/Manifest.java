package io.ipam.examples;

import java.util.Map;

/**
 * One Kubernetes object of a manifest file.
 *
 * @param file the file it is from
 * @param kind its kind
 * @param namespace its namespace, {@code default} where none is given
 * @param name its name
 * @param fields all its fields
 */
record Manifest(String file, String kind, String namespace, String name, Fields fields) {
    /** The most replicas that one manifest may ask for. */
    private static final int MOST_REPLICAS = 100_000;

    /** Reads the facts that every object has. */
    static Manifest of(String file, Fields fields) {
        String kind = fields.text("kind");
        Fields metadata = fields.object("metadata");
        String name = metadata.text("name");
        return new Manifest(
                file,
                kind,
                metadata.optionalText("namespace").orElse("default"),
                name,
                new Fields(file, fields.path(), fields.tree()).of(kind + " " + name));
    }

    Fields metadata() {
        return fields.object("metadata");
    }

    Fields spec() {
        return fields.object("spec");
    }

    Map<String, String> labels() {
        return metadata().texts("labels");
    }

    Map<String, String> annotations() {
        return metadata().texts("annotations");
    }

    /** How many pods it wants. */
    int replicas() {
        return spec().count("replicas", 1, MOST_REPLICAS);
    }

    /** The uid, or for hand-written manifests without one its namespace and name. */
    String uid() {
        return metadata().optionalText("uid").orElse(namespace + "/" + name);
    }

    /** {@code SpiderIPPool blue-v4}. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
