package io.ipam.annotations;

import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.InterfaceRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The multus annotations {@code k8s.v1.cni.cncf.io/networks} and {@code
 * v1.multus-cni.io/default-network}: the networks that the interfaces of a pod join.
 *
 * <pre>
 * networks = ""  | text | json
 * text     = network { "," network }      white space around a network and its parts is ignored
 * network  = [ namespace "/" ] name [ "@" interface ]
 * json     = null | [ element ... ]               when the value holds one of [ { "
 * element  = { "name" : name [ "namespace" : namespace ] [ "interface" : interface ]
 *              [ "ips" : ips ] [ "mac" : string ]
 *              [ "ipam-claim-reference" : name ] ... }                            in any order
 * name, namespace = lower-case letters, digits, "-" and "."; a letter or digit at both ends
 * interface = 1 to 15 characters without white space, "/" and ":"
 * ips       = see {@link RequestedAddress}
 * </pre>
 *
 * <p>The annotations belong to multus, so other keys are ignored in both modes. {@code
 * default-network} has one network without an interface. A network without a namespace keeps its
 * bare name; see {@link InterfaceRequest#attachment}. {@code ipam-claim-reference} is read only if
 * the reader supports claims.
 */
final class NetworksAnnotation {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_INTERFACE = 15;

    private static final int IPS = 3;
    private static final int MAC = 4;
    private static final int CLAIM = 5;
    private static final JsonKeys KEYS =
            JsonKeys.of("name", "namespace", "interface", "ips", "mac").open();
    private static final JsonKeys KEYS_WITH_CLAIM = JsonKeys.of(
                    "name", "namespace", "interface", "ips", "mac", "ipam-claim-reference")
            .open();

    /** The same limit as for the problems of a JSON text. */
    private static final int MOST_PROBLEMS = 50;

    private static final String EXAMPLE = "{\"name\":\"macvlan\"}";
    private static final Expected LIST = Expected.of("the value must be a list of objects, such as [" + EXAMPLE + "]")
            .hint(JsonKind.OBJECT, "put the object into a list: [{...}]")
            .otherwise("write [" + EXAMPLE + "], or the name without quotes");
    private static final Expected ELEMENT =
            Expected.of("a network must be an object, such as " + EXAMPLE).otherwise("write " + EXAMPLE);
    private static final Expected TEXT =
            Expected.of("names of networks and interfaces must be strings").otherwise("write a name in double quotes");

    private static final Expected MAC_TEXT =
            Expected.of("mac must be a string, such as \"c2:b0:57:49:47:f1\"").otherwise("write it in double quotes");

    private static final String NETWORK_RULE = "a network must be written namespace/name@interface";

    private final List<Network> networks = new ArrayList<>(2);
    /** The interfaces that no further network may join. */
    private final Set<String> interfaces = new HashSet<>();

    /** Networks of interfaces other than {@code reserved}. */
    private NetworksAnnotation(String reserved) {
        interfaces.add(reserved);
    }

    /**
     * One network.
     *
     * @param attachment {@code namespace/name}, or a bare name
     * @param interfaceName the interface that joins it
     * @param addresses the addresses that it requests for the interface
     * @param mac the hardware address that it requests, or empty
     * @param claim the claim that it refers to, or null
     */
    record Network(
            String attachment,
            String interfaceName,
            List<RequestedAddress> addresses,
            String mac,
            @Nullable Claim claim) {}

    /** A claim with its place in the text. */
    record Claim(String name, String where, Problem.@Nullable Position position) {}

    /** Accepts the problem of a part. */
    @FunctionalInterface
    private interface Refusal {
        void of(ProblemType type, String offending, String rule, String hint);
    }

    /**
     * The networks in order; an interface that is not named is {@code net1}, {@code net2}, ... by
     * position.
     */
    static JsonResult<List<Network>> read(String text, Reading reading) {
        return value(text, reading, InterfaceRequest.PRIMARY);
    }

    private static JsonResult<List<Network>> value(String text, Reading reading, String reserved) {
        if (text.indexOf('[') >= 0 || text.indexOf('{') >= 0 || text.indexOf('"') >= 0) {
            JsonKeys keys = reading.claims() ? KEYS_WITH_CLAIM : KEYS;
            return JsonReader.read(text, reading.options(), in -> new NetworksAnnotation(reserved).json(in, keys));
        }
        return new NetworksAnnotation(reserved).text(text, reading);
    }

    private JsonResult<List<Network>> text(String text, Reading reading) {
        List<Problem> problems = new ArrayList<>(0);
        int limit = reading.options().maxLength();
        if (text.length() > limit) {
            problems.add(Problem.of(
                    ProblemType.FORBIDDEN,
                    "",
                    text.substring(0, 80),
                    "a text must have at most " + limit + " characters"));
        } else if (!text.isBlank()) {
            int start = 0;
            while (start <= text.length()) {
                int comma = text.indexOf(',', start);
                int end = comma < 0 ? text.length() : comma;
                network(text.substring(start, end).strip(), refusalAt(start, problems));
                start = end + 1;
            }
        }
        return new JsonResult<>(networks, problems);
    }

    /** Adds the problems of the next network, which begins at {@code start}. */
    private Refusal refusalAt(int start, List<Problem> problems) {
        int index = networks.size();
        return (type, offending, rule, hint) -> {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(
                        new Problem(type, "[" + index + "]", Problem.Position.ofIndex(start), offending, rule, hint));
            }
        };
    }

    private void network(String item, Refusal refusal) {
        int slash = item.indexOf('/');
        int at = item.indexOf('@', slash + 1);
        if (slash != item.lastIndexOf('/') || (at >= 0 && at != item.lastIndexOf('@'))) {
            refusal.of(ProblemType.INVALID, item, NETWORK_RULE, "");
            networks.add(new Network("", "", List.of(), "", null));
            return;
        }
        String namespace = slash < 0 ? "" : item.substring(0, slash).strip();
        String name = item.substring(slash + 1, at < 0 ? item.length() : at).strip();
        String interfaceName = at < 0 ? "" : item.substring(at + 1).strip();
        check(namespace, name, "kube-system/macvlan", refusal);
        String joined = joined(interfaceName, refusal);
        networks.add(new Network(attachment(namespace, name), joined, List.of(), "", null));
    }

    private List<Network> json(JsonReader in, JsonKeys keys) {
        if (in.beginArray(LIST)) {
            while (in.nextElement()) {
                element(in, keys);
            }
        }
        return networks;
    }

    private void element(JsonReader in, JsonKeys keys) {
        JsonMembers members = in.members(keys, ELEMENT);
        if (members == null) {
            if (in.isNull()) {
                in.problem(ProblemType.REQUIRED, "null", ELEMENT.rule(), "remove this element");
            }
            return;
        }
        String[] parts = {"", "", ""};
        List<RequestedAddress> addresses = List.of();
        String mac = "";
        Claim claim = null;
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            switch (key) {
                case IPS -> addresses = RequestedAddress.readAll(in);
                case MAC -> mac = orEmpty(in.string(MAC_TEXT));
                case CLAIM -> claim = claim(in);
                default -> parts[key] = orEmpty(in.string(TEXT));
            }
        }
        if (members.isClean()) {
            check(parts[1], parts[0], "\"name\":\"macvlan\"", members::problem);
            String joined = joined(parts[2], members::problem);
            networks.add(new Network(attachment(parts[1], parts[0]), joined, addresses, mac, claim));
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The claim of an element; null without a name. */
    private static @Nullable Claim claim(JsonReader in) {
        String where = in.path();
        Problem.Position position = in.position();
        String name = orEmpty(in.string(TEXT));
        if (name.isEmpty()) {
            return null;
        }
        if (!isName(name)) {
            in.problem(
                    ProblemType.INVALID,
                    name,
                    "names of claims must consist of lower-case letters, digits, - and .",
                    "");
        }
        return new Claim(name, where, position);
    }

    private static String attachment(String namespace, String name) {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    private static void check(String namespace, String name, String proposal, Refusal refusal) {
        if (name.isEmpty()) {
            refusal.of(
                    ProblemType.REQUIRED,
                    "",
                    "a network must have a name",
                    "write " + proposal + ", or remove this network");
        } else if (!isName(name) || !(namespace.isEmpty() || isName(namespace))) {
            refusal.of(
                    ProblemType.INVALID,
                    namespace.isEmpty() ? name : namespace + "/" + name,
                    "names of networks and namespaces must consist of lower-case letters, digits, - and .",
                    namespace.isEmpty() && name.contains("/") ? "put the namespace into the key \"namespace\"" : "");
        }
    }

    /** The interface that joins the next network. */
    private String joined(String interfaceName, Refusal refusal) {
        String joined = interfaceName.isEmpty() ? "net" + (networks.size() + 1) : interfaceName;
        if (!isInterface(joined)) {
            refusal.of(
                    ProblemType.INVALID,
                    joined,
                    "an interface name must have 1 to 15 characters without space, / and :",
                    "");
        } else if (!interfaces.add(joined)) {
            refusal.of(
                    ProblemType.DUPLICATE, joined, "an interface must join only one network", "name another interface");
        }
        return joined;
    }

    /**
     * Written by hand, because regular expressions would take 500 ns more per annotation, which is
     * as long as reading the pools takes.
     */
    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char unit = name.charAt(i);
            boolean inside = i > 0 && i < name.length() - 1;
            boolean fits = (unit >= 'a' && unit <= 'z') || (unit >= '0' && unit <= '9');
            if (!fits && !(inside && (unit == '-' || unit == '.'))) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST_NAME;
    }

    private static boolean isInterface(String name) {
        for (int i = 0; i < name.length(); i++) {
            char unit = name.charAt(i);
            if (unit == '/' || unit == ':' || unit == ' ' || (unit >= '\t' && unit <= '\r')) {
                return false;
            }
        }
        return !name.isEmpty() && name.codePointCount(0, name.length()) <= LONGEST_INTERFACE;
    }

    /** The only network of {@code default-network}; null if the annotation is empty. */
    static JsonResult<@Nullable Network> readDefault(String text, Reading reading) {
        JsonResult<List<Network>> result = value(text, reading, "");
        List<Network> read = result.value();
        if (read == null || !result.problems().isEmpty() || read.isEmpty()) {
            return new JsonResult<>(null, result.problems());
        }
        if (read.size() > 1) {
            return new JsonResult<>(
                    null,
                    List.of(new Problem(
                            ProblemType.INVALID,
                            "[1]",
                            Problem.Position.ofIndex(0),
                            text,
                            "the default network must be one network",
                            "the others belong in the annotation " + AnnotationKeys.NETWORKS)));
        }
        return new JsonResult<>(read.get(0), List.of());
    }
}
