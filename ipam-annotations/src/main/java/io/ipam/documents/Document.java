package io.ipam.documents;

import io.ipam.json.JsonText;
import java.util.Map;

/**
 * One object of Spiderpool's API group that this library reads and writes. Equal documents have
 * equal texts, and reading a written document returns an equal one. Thread safety: immutable.
 */
public sealed interface Document
        permits PoolDocument, ReservedDocument, SubnetDocument, EndpointDocument, MultusConfigDocument {
    /** The API version of every document that is written. */
    String API_VERSION = "spiderpool.spidernet.io/v2beta1";

    /** {@return the kind, such as {@code SpiderIPPool}} */
    String kind();

    /** {@return the name, {@code metadata.name}} */
    String name();

    /**
     * Returns the document as a tree that any YAML library or Kubernetes client can write. It
     * consists of maps, lists, texts, booleans, and whole numbers. A number is the first of
     * Integer, Long, and BigInteger that it fits into. Keys are in the order of their UTF-8 bytes,
     * as kubectl prints them.
     *
     * @return the tree, immutable
     */
    Map<String, Object> toMap();

    /** {@return the tree of {@link #toMap()} as JSON on one line} */
    default String toJson() {
        return JsonText.of(toMap());
    }
}
