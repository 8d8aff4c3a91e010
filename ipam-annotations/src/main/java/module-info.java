/** Annotations of pods and namespaces, CNI configurations, documents, and tables as text. */
module io.ipam.annotations {
    exports io.ipam.documents;
    exports io.ipam.tables;

    requires transitive io.ipam.core;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports io.ipam.annotations;
}
