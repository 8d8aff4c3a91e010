package io.ipam.examples;

import java.util.Map;

/**
 * One Kubernetes object of a manifest file.
 *
 * @param kind its kind
 * @param namespace its namespace, {@code default} where none is given
 * @param name its name
 * @param fields all its fields
 */
record Manifest(String kind, String namespace, String name, Fields fields) {
    /** Reads the facts that every object has. */
    static Manifest of(Fields fields) {
        Fields metadata = fields.object("metadata");
        return new Manifest(
                fields.text("kind"),
                metadata.optionalText("namespace").orElse("default"),
                metadata.text("name"),
                fields);
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

    String file() {
        return fields.file();
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
