package io.ipam.tables;

import io.ipam.allocation.PoolUsage;
import io.ipam.json.JsonText;
import io.ipam.pool.Application;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The pools of a catalog as {@code kubectl get sp -o wide} prints them.
 *
 * <pre>
 * NAME      VERSION   SUBNET        ALLOCATED-IP-COUNT   TOTAL-IP-COUNT   DEFAULT   DISABLE   ..
 * blue-v4   4         10.6.0.0/16   0                    10               false     false     ..
 * </pre>
 *
 * <p>The columns NODENAME, MULTUSNAME, and APP-NAMESPACE follow.
 *
 * <p>If a pool has static ranges, two more columns state the number of static addresses and of free
 * ones: STATIC-IP-COUNT and FREE-STATIC-IP-COUNT.
 *
 * <p>ALLOCATED-IP-COUNT counts the held addresses, TOTAL-IP-COUNT is exact at any size,
 * APP-NAMESPACE is the namespace of the application for which the pool was created. A cell without
 * a value is empty.
 *
 * <p>Thread safety: stateless.
 */
public final class PoolTable {
    private static final List<String> HEADER = List.of(
            "NAME",
            "VERSION",
            "SUBNET",
            "ALLOCATED-IP-COUNT",
            "TOTAL-IP-COUNT",
            "DEFAULT",
            "DISABLE",
            "NODENAME",
            "MULTUSNAME",
            "APP-NAMESPACE");

    private static final List<String> STATIC_HEADER = List.of("STATIC-IP-COUNT", "FREE-STATIC-IP-COUNT");

    private PoolTable() {}

    /**
     * Returns the table: a header, then a row for each pool in name order. Rows keep the spaces
     * before an empty last cell, as those of kubectl do.
     *
     * @param catalog the pools
     * @param usage the counts, in any order; in a pool without counts every address is free
     * @return lines of text, each ended by a line feed
     */
    public static String wide(PoolCatalog catalog, Collection<PoolUsage> usage) {
        return TextTable.format(rows(catalog, usage));
    }

    /**
     * {@return the table as an HTML element without attributes, which is also XML}
     *
     * @param catalog the pools
     * @param usage the counts, in any order; in a pool without counts every address is free
     */
    public static String html(PoolCatalog catalog, Collection<PoolUsage> usage) {
        return HtmlTable.format(rows(catalog, usage));
    }

    private static List<List<String>> rows(PoolCatalog catalog, Collection<PoolUsage> usage) {
        Map<String, PoolUsage> byPool = new HashMap<>();
        usage.forEach(counts -> byPool.put(counts.pool(), counts));
        boolean hasStatics = catalog.pools().stream()
                .anyMatch(pool -> !pool.staticAddresses().isEmpty());
        List<List<String>> rows = new ArrayList<>();
        rows.add(hasStatics ? joined(HEADER, STATIC_HEADER) : HEADER);
        for (Pool pool : catalog.pools()) {
            Optional<PoolUsage> counts = Optional.ofNullable(byPool.get(pool.name()));
            List<String> row = row(pool, counts);
            rows.add(hasStatics ? joined(row, statics(pool, counts)) : row);
        }
        return rows;
    }

    private static List<String> joined(List<String> cells, List<String> more) {
        return Stream.concat(cells.stream(), more.stream()).toList();
    }

    private static List<String> statics(Pool pool, Optional<PoolUsage> usage) {
        BigInteger count = pool.staticAddresses().size();
        BigInteger free = usage.map(PoolUsage::freeStatic).orElse(count);
        return List.of(count.toString(), free.toString());
    }

    private static List<String> row(Pool pool, Optional<PoolUsage> usage) {
        return List.of(
                pool.name(),
                Integer.toString(pool.family().number()),
                pool.subnet().toString(),
                Long.toString(usage.map(PoolUsage::held).orElse(0L)),
                pool.addresses().size().toString(),
                Boolean.toString(pool.isDefault()),
                Boolean.toString(pool.isDisabled()),
                names(pool.affinity().nodeNames()),
                names(pool.affinity().attachments()),
                pool.affinity().pod().map(PoolTable::appNamespace).orElse(""));
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "" : JsonText.of(names);
    }

    private static String appNamespace(LabelSelector selector) {
        return selector.matchLabels().getOrDefault(Application.NAMESPACE_KEY, "");
    }
}
