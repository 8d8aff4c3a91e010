package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.util.List;

/**
 * The JSON text of entries and changes for a store. Equal values have equal texts, so a store can
 * compare texts. Every value is restored completely. The text is well-formed Unicode without NUL:
 * NUL and surrogates without a partner are written as escapes.
 *
 * <pre>
 * changes  = [ { "granted": held } | { "renewed": { "before": held, "after": held } }
 *            | { "released": { "before": held, "cooling"?: cooling } } | { "cooled": cooling }
 *            | { "poolPut": { "before"?: pool, "after": pool } } | { "poolGone": pool }
 *            | { "reservedPut": { "before"?: reserved, "after": reserved } }
 *            | { "reservedGone": reserved }
 *            | { "realmPut": { "before"?: realm, "after": realm } } | { "asFound": {} } ]
 * entry    = { "held": held } | { "cooling": cooling } | { "pool": pool }
 *            | { "reserved": reserved }
 * held     = { "address", "pool", "owner"?: owner, "interface", "generation": "41", "note"? }
 * owner    = { "namespace", "name", "uid", "stateful"?: true }
 * cooling  = { "address", "pool", "lastOwner": owner, "releasedMillis": "1769850000123" }
 * pool     = { "definition": definition, "detached"?: true, "closed"?: true }
 * definition = { "name", "subnet", "ips"?, "excludeIPs"?: [ text ], "gateway"?,
 *              "routes"?: [ [ dst, gw ] ],
 *              "labels"?: [ [ key, value ] ], "default"?, "disabled"?: true, "deletedAt"?,
 *              "podAffinity"?, "namespaceAffinity"?, "nodeAffinity"?: selector,
 *              "namespaceNames"?, "nodeNames"?, "attachments"?: [ text ] }
 * selector = { "matchLabels"?: [ [ key, value ] ],
 *              "matchExpressions"?: [ { "key", "operator", "values"?: [ text ] } ] }
 * reserved = { "name", "ipVersion": "4" | "6", "ips"?: [ text ], "terminating"?: true }
 * realm    = { "format": "1", "coolDownMillis": "0", "phase": "OPEN" | "LOADING" }
 * </pre>
 *
 * <p>Numbers are texts because many JSON readers round beyond 2^53. Free text is never a key. A
 * reader refuses unknown keys. Limits of a text that is read: 2^27 characters, 16 levels.
 *
 * <p>Cost: O(length). Thread safety: stateless.
 */
public final class StoreText {
    private StoreText() {}

    /**
     * {@return the text of the changes of a commit}
     *
     * @param changes the changes
     */
    public static String format(List<Change> changes) {
        requireNonNull(changes, "changes");
        return StoreJson.write(changes.stream().map(StoreTextWriter::change).toList());
    }

    /**
     * Reads the text of {@link #format(List)}.
     *
     * @param text the text
     * @return the changes
     * @throws InvalidDocumentException if the text does not represent changes
     */
    public static List<Change> parseChanges(String text) {
        return StoreJson.read("changes of a commit", text, root -> StoreTextReader.changes(root.elements()));
    }

    /**
     * {@return the text of an entry}
     *
     * @param entry the entry
     */
    public static String format(Entry entry) {
        return StoreJson.write(StoreTextWriter.entry(requireNonNull(entry, "entry")));
    }

    /**
     * Reads the text of {@link #format(Entry)}.
     *
     * @param text the text
     * @return the entry
     * @throws InvalidDocumentException if the text does not represent an entry
     */
    public static Entry parseEntry(String text) {
        return StoreJson.read("entry", text, StoreTextReader::entry);
    }

    /**
     * {@return the text of the definition of a pool}
     *
     * @param pool the pool
     */
    public static String format(Pool pool) {
        return StoreJson.write(StorePoolText.write(requireNonNull(pool, "pool")));
    }

    /**
     * Reads the text of {@link #format(Pool)}.
     *
     * @param text the text
     * @return the pool
     * @throws InvalidDocumentException if the text does not represent a valid pool
     */
    public static Pool parsePool(String text) {
        return StoreJson.read("pool", text, StorePoolText::read);
    }

    /**
     * {@return the text of a reserved range}
     *
     * @param range the range
     */
    public static String format(ReservedRange range) {
        return StoreJson.write(StoreTextWriter.reserved(requireNonNull(range, "range")));
    }

    /**
     * Reads the text of {@link #format(ReservedRange)}.
     *
     * @param text the text
     * @return the range
     * @throws InvalidDocumentException if the text does not represent a reserved range
     */
    public static ReservedRange parseReserved(String text) {
        return StoreJson.read("reserved range", text, StoreTextReader::reserved);
    }

    /**
     * {@return the text of the settings of a realm}
     *
     * @param realm the settings
     */
    public static String format(Realm realm) {
        return StoreJson.write(StoreTextWriter.realm(requireNonNull(realm, "realm")));
    }

    /**
     * Reads the text of {@link #format(Realm)}.
     *
     * @param text the text
     * @return the settings
     * @throws InvalidDocumentException if the text does not represent the settings of a realm
     */
    public static Realm parseRealm(String text) {
        return StoreJson.read("realm", text, StoreTextReader::realm);
    }
}
