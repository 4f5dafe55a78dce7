package dev.portolan.haproxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads HAProxy's tables. {@code show stat} has the counters and the check; only {@code show servers state} tells drain from
 * ready for a server that is down.
 */
final class StatusTables {
    private static final int FORCED_MAINTENANCE = 0x01;
    private static final int INHERITED_MAINTENANCE = 0x02;
    private static final int RESOLUTION_MAINTENANCE = 0x20;
    private static final int NAME_MAINTENANCE = 0x40;
    private static final int MAINTENANCE =
            FORCED_MAINTENANCE | INHERITED_MAINTENANCE | RESOLUTION_MAINTENANCE | NAME_MAINTENANCE;
    private static final int DRAIN = 0x08 | 0x10; // forced, inherited
    private static final String STOPPED = "0";

    private StatusTables() {}

    /**
     * @param statistics the answer to {@code show stat -1 4 -1}
     * @param state the answer to {@code show servers state}
     */
    static List<ServerStatus> servers(String statistics, String state) {
        Map<String, Function<String, String>> states = new HashMap<>();
        rows(state.lines().skip(1).toList(), " ")
                .forEach(row -> states.put(row.apply("be_name") + "/" + row.apply("srv_name"), row));
        return rows(statistics.lines().toList(), ",").stream()
                .filter(row -> states.containsKey(row.apply("pxname") + "/" + row.apply("svname")))
                .map(row -> server(row, states.get(row.apply("pxname") + "/" + row.apply("svname"))))
                .toList();
    }

    private static ServerStatus server(Function<String, String> statistics, Function<String, String> state) {
        String check = statistics.apply("check_status");
        return new ServerStatus(
                statistics.apply("pxname"),
                statistics.apply("svname"),
                statistics.apply("addr"),
                mode(Integer.parseInt(state.apply("srv_admin_state"))),
                !state.apply("srv_op_state").equals(STOPPED),
                check.startsWith("* ") ? check.substring(2) : check, // a check is under way
                statistics.apply("check_desc") + lastAnswer(statistics.apply("last_chk")),
                number(statistics, "scur") + number(statistics, "qcur"),
                counters(statistics));
    }

    private static String lastAnswer(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }

    private static ServerStatus.Mode mode(int bits) {
        if ((bits & MAINTENANCE) != 0) {
            return ServerStatus.Mode.MAINTENANCE;
        }
        return (bits & DRAIN) != 0 ? ServerStatus.Mode.DRAIN : ServerStatus.Mode.READY;
    }

    private static Counters counters(Function<String, String> row) {
        long answers = List.of("hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx", "hrsp_other").stream()
                .mapToLong(column -> number(row, column))
                .sum();
        long lost = number(row, "econ") + number(row, "eresp");
        return new Counters(
                answers, number(row, "hrsp_5xx"), lost + number(row, "wretr") + number(row, "wredis"), lost);
    }

    private static long number(Function<String, String> row, String column) {
        String text = row.apply(column);
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** The rows of a table whose first line names the columns, after a {@code #}; each row maps a column to its text. */
    private static List<Function<String, String>> rows(List<String> lines, String separator) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("# ")) {
            throw new HaproxyException("HAProxy's table is not understood: " + lines, "run 'portolan doctor'");
        }
        List<String> columns = List.of(lines.getFirst().substring(2).split(separator, -1));
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> row(columns, List.of(line.split(separator, -1))))
                .toList();
    }

    private static Function<String, String> row(List<String> columns, List<String> cells) {
        return column -> {
            int index = columns.indexOf(column);
            return index >= 0 && index < cells.size() ? cells.get(index) : "";
        };
    }
}
