package io.ipam.documents;

import io.ipam.json.JsonText;
import java.util.Map;

/**
 * One object of Spiderpool's API group that this library reads and writes. Two documents that are
 * equal write the same text; reading what was written gives an equal document. Thread safety:
 * immutable.
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
     * The document as a tree that any YAML library or Kubernetes client can write: maps, lists,
     * texts, booleans and whole numbers (Integer where it fits, else Long, else BigInteger), with
     * keys in the order of their UTF-8 bytes, as kubectl prints them.
     *
     * @return the tree, immutable
     */
    Map<String, Object> toMap();

    /** {@return the tree of {@link #toMap()} as JSON on one line} */
    default String toJson() {
        return JsonText.of(toMap());
    }
}
