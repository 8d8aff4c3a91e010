package io.ipam.annotations;

import io.ipam.address.Family;
import io.ipam.json.Expected;
import io.ipam.json.JsonKeys;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonMembers;
import io.ipam.json.JsonReader;
import io.ipam.resolution.PoolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CNI configuration of an interface: a plugin object with {@code ipam}, or a list of plugins.
 *
 * <pre>
 * configuration = null | { [ "ipam" : ipam ] [ "plugins" : [ plugin ... ] ] ... }
 * plugin        = null | { [ "ipam" : ipam ] ... }
 * ipam          = null | { [ "type" : string ]
 *                          [ "default_ipv4_ippool" : names ]                 see {@link NameList}
 *                          [ "default_ipv6_ippool" : names ]
 *                          [ "clean_gateway" : truth ]
 *                          [ "match_master_subnet" : truth ] ... }                   in any order
 * truth         = true | false | null
 * </pre>
 *
 * <p>Other keys are ignored in both modes. The {@code ipam} of the object is used. If there is
 * none, that of the first plugin whose {@code ipam.type} is {@code spiderpool} is used; otherwise,
 * the first one of any plugin.
 *
 * @param type {@code ipam.type}, or empty
 * @param pools the default pools
 * @param cleanGateway whether the interface must have no default route
 * @param matchMasterSubnet whether pools must have the subnet of the master interface
 */
record CniConfiguration(String type, PoolNames pools, boolean cleanGateway, boolean matchMasterSubnet) {
    static final CniConfiguration NONE = new CniConfiguration("", PoolNames.none(), false, false);

    private static final String PREFERRED = "spiderpool";

    private static final JsonKeys CONFIGURATION = JsonKeys.of("ipam", "plugins").open();
    private static final JsonKeys PLUGIN = JsonKeys.of("ipam").open();
    private static final int TYPE = 0;
    private static final int FIRST_LIST = 1;
    private static final int CLEAN_GATEWAY = FIRST_LIST + Family.values().length;
    private static final int MATCH_MASTER_SUBNET = CLEAN_GATEWAY + 1;
    private static final JsonKeys IPAM = ipamKeys();

    private static final String EXAMPLE = "{\"default_ipv4_ippool\":[\"blue-v4\"]}";
    private static final Expected OBJECT = Expected.of("the configuration must be an object, such as {\"ipam\":{...}}")
            .hint(JsonKind.ARRAY, "put the plugins into an object: {\"plugins\":[...]}")
            .otherwise("write {\"ipam\":" + EXAMPLE + "}");
    private static final Expected PLUGINS = Expected.of("plugins must be a list of objects")
            .hint(JsonKind.OBJECT, "put the object into a list: [{...}]")
            .otherwise("write [{\"ipam\":" + EXAMPLE + "}]");
    private static final Expected ONE_PLUGIN =
            Expected.of("a plugin must be an object").otherwise("write {\"ipam\":" + EXAMPLE + "}");
    private static final Expected IPAM_OBJECT =
            Expected.of("ipam must be an object, such as " + EXAMPLE).otherwise("write " + EXAMPLE);
    private static final Expected[] LISTS = FamilyNames.expectations("default pools");
    private static final Expected TYPE_TEXT =
            Expected.of("the type must be a string").otherwise("write \"" + PREFERRED + "\"");
    private static final Expected CLEAN = Expected.of("clean_gateway must be true or false")
            .hint(JsonKind.STRING, "write true or false without quotes")
            .otherwise("write true or false");
    private static final Expected MATCH = Expected.of("match_master_subnet must be true or false")
            .hint(JsonKind.STRING, "write true or false without quotes")
            .otherwise("write true or false");

    /** The key of the default pools of one family, such as {@code ipv4}. */
    static String key(String family) {
        return "default_" + family + "_ippool";
    }

    private static JsonKeys ipamKeys() {
        String[] keys = FamilyNames.keysAfter("type", "clean_gateway", "match_master_subnet");
        for (int key = FIRST_LIST; key < CLEAN_GATEWAY; key++) {
            keys[key] = key(keys[key]);
        }
        return JsonKeys.of(keys).open();
    }

    /** Whether another IPAM is named. Such an interface does not request addresses here. */
    boolean isOfAnotherIpam() {
        return !type.isEmpty() && !type.equals(PREFERRED);
    }

    /** Whether this IPAM is named, or none is and keys of this one are set. */
    boolean isOfThisIpam() {
        return type.equals(PREFERRED) || (type.isEmpty() && (cleanGateway || matchMasterSubnet || !pools.isEmpty()));
    }

    static CniConfiguration read(JsonReader in, Reading reading) {
        JsonMembers members = in.members(CONFIGURATION, OBJECT);
        if (members == null) {
            return NONE;
        }
        CniConfiguration own = null;
        List<CniConfiguration> plugins = List.of();
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            if (key == 0) {
                own = ipam(in, reading);
            } else {
                plugins = plugins(in, reading);
            }
        }
        return own != null ? own : preferred(plugins);
    }

    private static CniConfiguration preferred(List<CniConfiguration> plugins) {
        for (CniConfiguration plugin : plugins) {
            if (plugin.type().equals(PREFERRED)) {
                return plugin;
            }
        }
        return plugins.isEmpty() ? NONE : plugins.get(0);
    }

    private static List<CniConfiguration> plugins(JsonReader in, Reading reading) {
        List<CniConfiguration> plugins = new ArrayList<>();
        if (in.beginArray(PLUGINS)) {
            while (in.nextElement()) {
                JsonMembers members = in.members(PLUGIN, ONE_PLUGIN);
                while (members != null && members.next() != JsonReader.END) {
                    CniConfiguration ipam = ipam(in, reading);
                    if (ipam != null) {
                        plugins.add(ipam);
                    }
                }
            }
        }
        return plugins;
    }

    private static @Nullable CniConfiguration ipam(JsonReader in, Reading reading) {
        JsonMembers members = in.members(IPAM, IPAM_OBJECT);
        if (members == null) {
            return null;
        }
        FamilyNames names = new FamilyNames();
        String type = "";
        boolean cleanGateway = false;
        boolean matchMasterSubnet = false;
        for (int key = members.next(); key != JsonReader.END; key = members.next()) {
            if (key == TYPE) {
                String written = in.string(TYPE_TEXT);
                type = written == null ? "" : written;
            } else if (key == CLEAN_GATEWAY) {
                cleanGateway = in.bool(CLEAN, false);
            } else if (key == MATCH_MASTER_SUBNET) {
                matchMasterSubnet = in.bool(MATCH, false);
            } else {
                names.read(in, key - FIRST_LIST, LISTS, reading.checkedNames(0));
            }
        }
        return new CniConfiguration(type, names.asPoolNames(), cleanGateway, matchMasterSubnet);
    }
}
