package io.ipam.documents;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Family;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonReader;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.ReadingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads SpiderIPPool, SpiderReservedIP, SpiderSubnet, SpiderEndpoint, and SpiderMultusConfig
 * documents, and lists of them. It reads JSON text, and plain trees of maps, lists, texts, numbers,
 * and booleans, as YAML libraries and Kubernetes clients create them.
 *
 * <p>Grammar, with what is required marked {@code !}:
 *
 * <pre>
 * document  = item | list
 * item      = pool | reserved | subnet | endpoint | multus
 * list      = { apiVersion!, kind!: "List" | kind of an item + "List", metadata, items: [ item ] }
 * pool      = { apiVersion!, kind!: "SpiderIPPool", metadata!, spec!: poolSpec,
 *               status: { totalIPCount, allocatedIPCount, allocatedIPs } }
 * poolSpec  = { subnet!, ipVersion, ips, excludeIPs, gateway, routes: [ { dst!, gw! } ],
 *               default, disable, vlan, podAffinity, namespaceAffinity, nodeAffinity: selector,
 *               namespaceName, nodeName, multusName: [ text ] }
 * selector  = { matchLabels: { text: text },
 *               matchExpressions: [ { key!, operator!, values: [ text ] } ] }
 * reserved  = { apiVersion!, kind!: "SpiderReservedIP", metadata!, spec!: { ipVersion, ips } }
 * subnet    = { apiVersion!, kind!: "SpiderSubnet", metadata!,
 *               spec!: { subnet!, ipVersion, ips, excludeIPs, gateway, routes, vlan },
 *               status: { totalIPCount, allocatedIPCount, controlledIPPools } }
 * endpoint  = { apiVersion!, kind!: "SpiderEndpoint", metadata! (with namespace!),
 *               status: { current: { uid, node, ips: [ detail ] },
 *                         ownerControllerType, ownerControllerName } }
 * detail    = { interface, ipv4, ipv4Pool, ipv6, ipv6Pool }
 * multus    = { apiVersion!, kind!: "SpiderMultusConfig", metadata! (with namespace!),
 *               spec!: { cniType!, disableIPAM, customCNI,
 *                        macvlan, ipvlan, sriov, ovs, ibsriov, ipoib: { ippools } } }
 * ippools   = { ipv4, ipv6: [ text ], matchMasterSubnet }
 * metadata  = { name!, labels, deletionTimestamp, annotations, and other fields of Kubernetes }
 * </pre>
 *
 * <p>Of the annotations only {@value PoolDocument#STATIC_IPS} and {@value
 * PoolDocument#DRAINING_IPS} of a pool are read, and the one with the network name of a
 * SpiderMultusConfig. A strict reader refuses other annotations of a pool that begin with {@code
 * ipam.io/}. It does not refuse other fields of the settings of a plugin.
 *
 * <p>The first 50 problems of a document or list are reported at once, each with its path, and the
 * number of the others. A null is an absent field. A strict reader refuses a field outside the
 * grammar, and a compatible one ignores it. A compatible reader also ignores items of other kinds.
 * Both ignore known fields that are not used here ({@code vlan}, {@code metadata.uid}) and the
 * other fields of a status. The text in {@code allocatedIPs} is kept unread; {@link AllocatedIps}
 * reads it.
 *
 * <p>Limits: 2^27 characters of text, or values and characters of a tree; 100 levels of objects and
 * lists. Cost: O(size). Thread safety: immutable.
 */
public final class DocumentReader {
    /**
     * The maximum number of characters of one text, enough for a list of ten thousand pools with
     * full status.
     */
    static final int MAX_LENGTH = 1 << 27;
    /** The maximum nesting of objects and lists; Kubernetes' own documents stay far below it. */
    static final int MAX_DEPTH = 100;

    private static final List<String> KINDS = List.of(
            PoolDocument.KIND,
            ReservedDocument.KIND,
            SubnetDocument.KIND,
            EndpointDocument.KIND,
            MultusConfigDocument.KIND);
    private static final String GROUP = Document.API_VERSION.substring(0, Document.API_VERSION.indexOf('/') + 1);

    private final boolean strict;
    private final Set<Family> families;

    private DocumentReader(boolean strict, Set<Family> families) {
        this.strict = strict;
        this.families = Set.copyOf(families);
    }

    /** {@return a reader that refuses unknown fields and kinds} */
    public static DocumentReader strict() {
        return new DocumentReader(true, EnumSet.allOf(Family.class));
    }

    /** {@return a reader that ignores unknown fields and kinds} */
    public static DocumentReader compatible() {
        return new DocumentReader(false, EnumSet.allOf(Family.class));
    }

    /**
     * {@return the reader of a mode}
     *
     * @param mode the mode
     */
    public static DocumentReader of(ReadingMode mode) {
        return requireNonNull(mode, "mode") == ReadingMode.STRICT ? strict() : compatible();
    }

    /**
     * {@return a reader for an IP stack with only these families, which refuses pools of others}
     *
     * @param enabled the families
     */
    public DocumentReader withFamilies(Set<Family> enabled) {
        return new DocumentReader(strict, enabled);
    }

    /**
     * Reads one document or one list from JSON text.
     *
     * @param json the text
     * @return the documents in their order
     * @throws InvalidDocumentException with every problem
     */
    public Documents read(String json) {
        return read(treeOf(json));
    }

    /**
     * Reads one document or one list from a tree, which is not changed or kept.
     *
     * @param tree the tree
     * @return the documents in their order
     * @throws InvalidDocumentException with every problem
     */
    public Documents read(Map<String, ?> tree) {
        ProblemLog problems = new ProblemLog();
        List<Document> found = new ArrayList<>();
        DocumentFields fields = fields(tree, problems);
        String subject = "document";
        try {
            String kind = fields.text("kind").orElse("");
            if (isList(kind)) {
                subject = kind;
                readList(fields, found, problems);
            } else {
                subject = subject(fields, kind);
                readItem(fields, found, problems);
            }
        } catch (Budget.DocumentTooLargeException e) {
            problems.add(Problem.of(
                    ProblemType.FORBIDDEN,
                    "",
                    "",
                    "a document must have at most " + MAX_LENGTH + " values and characters"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDocumentException(subject, problems.toList());
        }
        return new Documents(found);
    }

    /**
     * Reads one SpiderIPPool from JSON text.
     *
     * @param json the text
     * @return the document
     * @throws InvalidDocumentException with every problem, or if the document has another kind
     */
    public PoolDocument readPool(String json) {
        return readPool(treeOf(json));
    }

    /**
     * Reads one SpiderIPPool from a tree, which is not changed or kept.
     *
     * @param tree the tree
     * @return the document
     * @throws InvalidDocumentException with every problem, or if the document has another kind
     */
    public PoolDocument readPool(Map<String, ?> tree) {
        return (PoolDocument) readOne(tree, PoolDocument.KIND);
    }

    /**
     * Reads one SpiderReservedIP from JSON text.
     *
     * @param json the text
     * @return the document
     * @throws InvalidDocumentException with every problem, or if the document has another kind
     */
    public ReservedDocument readReserved(String json) {
        return readReserved(treeOf(json));
    }

    /**
     * Reads one SpiderReservedIP from a tree, which is not changed or kept.
     *
     * @param tree the tree
     * @return the document
     * @throws InvalidDocumentException with every problem, or if the document has another kind
     */
    public ReservedDocument readReserved(Map<String, ?> tree) {
        return (ReservedDocument) readOne(tree, ReservedDocument.KIND);
    }

    /**
     * Reads one SpiderSubnet from JSON text.
     *
     * @param json the text
     * @return the document
     * @throws InvalidDocumentException with every problem, or if the document has another kind
     */
    public SubnetDocument readSubnet(String json) {
        return readSubnet(treeOf(json));
    }

    /**
     * Reads one SpiderSubnet from a tree, which is not changed or kept.
     *
     * @param tree the tree
     * @return the document
     * @throws InvalidDocumentException with every problem, or if the document has another kind
     */
    public SubnetDocument readSubnet(Map<String, ?> tree) {
        return (SubnetDocument) readOne(tree, SubnetDocument.KIND);
    }

    private Document readOne(Map<String, ?> tree, String kind) {
        DocumentFields fields = fields(tree, new ProblemLog());
        Object found = tree.get("kind");
        if (!kind.equals(found)) {
            Problem problem = Problem.of(
                    ProblemType.NOT_SUPPORTED, "kind", DocumentFields.describe(found), "must be " + kind + " here");
            throw new InvalidDocumentException(subject(fields, kind), List.of(problem));
        }
        return read(tree).items().get(0);
    }

    private static Map<String, ?> treeOf(String json) {
        requireNonNull(json, "json");
        return JsonReader.read(json, JsonOptions.strict(MAX_LENGTH).withCountOfRest(), DocumentReader::root)
                .orElseThrow(problems -> new InvalidDocumentException("document", problems));
    }

    private static Map<String, ?> root(JsonReader reader) {
        Object tree = reader.tree(MAX_DEPTH);
        if (!(tree instanceof Map)) {
            reader.problem(ProblemType.INVALID, DocumentFields.describe(tree), "a document must be an object", "");
        }
        return asObject(tree);
    }

    /** A tree that was read from JSON, so its keys are strings; empty unless it is an object. */
    @SuppressWarnings("unchecked")
    static Map<String, ?> asObject(@Nullable Object tree) {
        return tree instanceof Map ? (Map<String, ?>) tree : Map.of();
    }

    private static DocumentFields fields(Map<String, ?> tree, ProblemLog problems) {
        return DocumentFields.of(requireNonNull(tree, "tree"), new Budget(MAX_LENGTH), problems);
    }

    private static String subject(DocumentFields document, String kind) {
        String name = document.quietly()
                .object("metadata")
                .flatMap(m -> m.text("name"))
                .orElse("");
        return (kind.isEmpty() ? "document" : kind) + (name.isEmpty() ? "" : " " + name);
    }

    private static boolean isList(String kind) {
        return kind.equals("List") || KINDS.stream().anyMatch(item -> kind.equals(item + "List"));
    }

    private void readList(DocumentFields list, List<Document> found, ProblemLog problems) {
        list.requiredText("apiVersion");
        list.ignoring(Set.of("metadata"));
        list.forEachObject("items", item -> readItem(item, found, problems));
        if (strict) {
            list.refuseUnknown();
        }
    }

    private void readItem(DocumentFields item, List<Document> found, ProblemLog problems) {
        String kind = item.requiredText("kind").orElse("");
        switch (kind) {
            case PoolDocument.KIND -> found.addAll(read(item, ItemReader::pool, problems));
            case ReservedDocument.KIND -> found.addAll(read(item, ItemReader::reserved, problems));
            case SubnetDocument.KIND -> found.addAll(read(item, ItemReader::subnet, problems));
            case EndpointDocument.KIND -> found.addAll(read(item, ItemReader::endpoint, problems));
            case MultusConfigDocument.KIND -> found.addAll(read(item, ItemReader::multusConfig, problems));
            default -> {
                if (strict && !kind.isEmpty()) {
                    problems.add(Problem.of(
                            ProblemType.NOT_SUPPORTED,
                            item.at("kind"),
                            kind,
                            "must be " + String.join(", ", KINDS.subList(0, KINDS.size() - 1)) + " or "
                                    + KINDS.get(KINDS.size() - 1)));
                }
            }
        }
    }

    private List<Document> read(
            DocumentFields item, Function<ItemReader, Optional<Document>> kind, ProblemLog problems) {
        checkVersion(item, problems);
        ItemReader reader = new ItemReader(item, strict, families);
        List<Document> document = kind.apply(reader).stream().toList();
        problems.addAll(reader.problems());
        return document;
    }

    private void checkVersion(DocumentFields item, ProblemLog problems) {
        String version = item.requiredText("apiVersion").orElse(Document.API_VERSION);
        if (strict ? !version.equals(Document.API_VERSION) : !version.startsWith(GROUP)) {
            problems.add(Problem.of(
                    ProblemType.NOT_SUPPORTED,
                    item.at("apiVersion"),
                    version,
                    "must be " + (strict ? Document.API_VERSION : GROUP + " and a version")));
        }
    }
}
