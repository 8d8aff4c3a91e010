package io.ipam.annotations;

import static java.util.Objects.requireNonNull;

import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.ReadingMode;
import java.util.Map;

/**
 * Reads what people write on pods and namespaces and in CNI configurations.
 *
 * <p>In both modes: JSON as RFC 8259 has it, and one comma before a closing bracket; a key occurs
 * once in an object; nesting to 10,000; at most 1,048,576 characters per text. {@code STRICT}
 * refuses what is likely a mistake: annotations {@code ipam.spidernet.io/...} that nobody reads,
 * unknown keys and case variants, selections without a name, empty names, a second subnet for one
 * interface and family, sizes other than digits with or without a plus sign. {@code COMPATIBLE}
 * reads as the reference system does: keys fold case, unknown keys are passed over, {@code null} is
 * as if the key were absent. docs/annotations.md has the whole table.
 *
 * <p>An annotation that no source would ask is not able to refuse a request: of {@code subnets} and
 * {@code subnet}, and of {@code ippools} and {@code ippool}, the first that is present is read and
 * the other is not looked at; pools of the pod and of the namespace are left out, not refused, when
 * they are invalid and a source before them settles.
 *
 * <p>Cost: O(annotations), and O(length) of the texts that are read. Thread safety: immutable;
 * share one.
 */
public final class AnnotationReader {
    private static final AnnotationReader STRICT = new AnnotationReader(ReadingMode.STRICT, 1, false);
    private static final AnnotationReader COMPATIBLE = new AnnotationReader(ReadingMode.COMPATIBLE, 1, false);

    private final ReadingMode mode;
    private final Reading reading;
    private final long spare;

    private AnnotationReader(ReadingMode mode, long spare, boolean claims) {
        this.mode = mode;
        this.reading = Reading.of(mode).withClaims(claims);
        this.spare = spare;
    }

    /** {@return the reader for new users: what is likely a mistake is refused} */
    public static AnnotationReader strict() {
        return STRICT;
    }

    /** {@return the reader that reads as the reference system does} */
    public static AnnotationReader compatible() {
        return COMPATIBLE;
    }

    /**
     * {@return the reader of a mode}
     *
     * @param mode the mode
     */
    public static AnnotationReader of(ReadingMode mode) {
        return requireNonNull(mode, "mode") == ReadingMode.STRICT ? STRICT : COMPATIBLE;
    }

    /**
     * The same reader with another size of pools carved from a subnet where {@code
     * ippool-ip-number} is absent.
     *
     * @param spareAddresses how many addresses beyond the replicas, not negative; 1 without this
     * @return the reader
     */
    public AnnotationReader withSpareAddresses(long spareAddresses) {
        if (spareAddresses < 0) {
            throw new IllegalArgumentException("spareAddresses is negative: " + spareAddresses);
        }
        return new AnnotationReader(mode, spareAddresses, reading.claims());
    }

    /**
     * {@return a reader that also reads {@code ipam-claim-reference} of the networks: it names the
     * owner of the request, see {@link PoolSelections#claim}} The default is not to read it. A
     * request has one owner, so networks of its interfaces that name two claims are refused. The
     * addresses that a pod holds when the setting is changed stay with their owner.
     */
    public AnnotationReader withClaims() {
        return new AnnotationReader(mode, spare, true);
    }

    /** {@return how texts are read} */
    public ReadingMode mode() {
        return mode;
    }

    /**
     * Reads the annotations of a pod and of its namespace, without CNI configurations.
     *
     * @param podAnnotations all annotations of the pod, by full key; those of other prefixes are
     *     ignored
     * @param namespaceAnnotations all annotations of the namespace, likewise
     * @return what they say; the interfaces are {@code eth0} and those of the multus annotation
     *     {@code networks}. The {@code ips} of the networks are given addresses of their interfaces
     * @throws InvalidAnnotationException for the first annotation at fault; the others at fault are
     *     suppressed exceptions of it
     */
    public PoolSelections read(Map<String, String> podAnnotations, Map<String, String> namespaceAnnotations) {
        return read(podAnnotations, namespaceAnnotations, Map.of());
    }

    /**
     * Reads the annotations of a pod and of its namespace, and the CNI configuration of each
     * interface.
     *
     * @param podAnnotations all annotations of the pod, by full key; those of other prefixes are
     *     ignored
     * @param namespaceAnnotations all annotations of the namespace, likewise
     * @param cniConfigurations the JSON text of the CNI configuration of each interface that wants
     *     addresses, by interface name, in the order of the interfaces: a {@link
     *     java.util.LinkedHashMap} where there are several. When it is empty the interfaces are
     *     {@code eth0} and those of the multus annotation {@code networks}, without configurations.
     *     An interface whose {@code ipam.type} names another IPAM than {@code spiderpool} is left
     *     out. State the addresses of the master interfaces in the result, if one requires their
     *     subnets: {@link io.ipam.resolution.InterfaceRequest#withMasterAddresses}
     * @return what they say; without interfaces if all are of other IPAMs
     * @throws InvalidAnnotationException for the first annotation or configuration at fault; the
     *     others at fault are suppressed exceptions of it
     */
    public PoolSelections read(
            Map<String, String> podAnnotations,
            Map<String, String> namespaceAnnotations,
            Map<String, String> cniConfigurations) {
        requireNonNull(podAnnotations, "podAnnotations");
        requireNonNull(namespaceAnnotations, "namespaceAnnotations");
        requireNonNull(cniConfigurations, "cniConfigurations");
        return new RequestReading(reading, spare, podAnnotations, namespaceAnnotations, cniConfigurations)
                .selections(mode);
    }

    /**
     * {@return whether a CNI configuration names this IPAM} Its {@code ipam.type} is {@code
     * spiderpool}, or it states no type and has a key of this IPAM, such as default pools. An
     * interface without such a configuration gets its addresses elsewhere or has none, unless an
     * annotation selects pools for it.
     *
     * @param cniConfiguration the JSON text; one that cannot be read counts as naming this IPAM,
     *     since {@link #read(Map, Map, Map)} refuses it with its problems
     */
    public boolean namesThisIpam(String cniConfiguration) {
        requireNonNull(cniConfiguration, "cniConfiguration");
        JsonResult<CniConfiguration> result =
                JsonReader.read(cniConfiguration, reading.options(), in -> CniConfiguration.read(in, reading));
        CniConfiguration configuration = result.value();
        return configuration == null || !result.problems().isEmpty() || configuration.isOfThisIpam();
    }

    /** {@return the mode} */
    @Override
    public String toString() {
        return "AnnotationReader " + mode;
    }
}
