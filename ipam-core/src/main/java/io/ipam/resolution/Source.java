package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;

/**
 * The sources of pool names, in the order of precedence. Sources are never mixed on one interface.
 */
public enum Source {
    /** The subnets that the pod names. */
    SUBNET("subnet selection", "subnet"),
    /** The pools that the pod names. */
    POD("pod selection", "pod"),
    /** The default pools of the namespace. */
    NAMESPACE("namespace default", "namespaceDefaults"),
    /** The default pools of the CNI configuration. */
    CNI("CNI configuration", "cniPools"),
    /** The default pools of the cluster. */
    CLUSTER_DEFAULT("cluster default pools", "");

    private final String title;
    private final String path;

    Source(String title, String path) {
        this.title = title;
        this.path = path;
    }

    /** {@return the default label, for a source that no reader of texts has labelled} */
    public Label label() {
        return new Label(title, path);
    }

    /**
     * The name of a source in explanations, and the path that its problems begin with. A reader of
     * texts labels the sources by the keys that it read. {@value #FAMILY} in either part is
     * replaced by 4 or 6. Thread safety: immutable.
     *
     * @param title the name, for example {@code CNI configuration}
     * @param path the path; without {@value #FAMILY} it is followed by an item and a family, as in
     *     {@code pod[1].ipv4}
     */
    public record Label(String title, String path) {
        /** The placeholder for the number of the family. */
        public static final String FAMILY = "{family}";

        /** Checks for null. */
        public Label {
            requireNonNull(title, "title");
            requireNonNull(path, "path");
        }

        /**
         * {@return the name for one family}
         *
         * @param family the family
         */
        public String title(Family family) {
            return filled(title, requireNonNull(family, "family"));
        }

        /** The path of the list of one family, in an item {@code [1]} or in none. */
        String path(String item, Family family) {
            return path.contains(FAMILY) ? filled(path, family) : path + item + ".ipv" + family.number();
        }

        private static String filled(String text, Family family) {
            return text.replace(FAMILY, Integer.toString(family.number()));
        }
    }
}
