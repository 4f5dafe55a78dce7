package dev.portolan.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final int STOPPED = 0;

    private StatusTables() {}

    /**
     * @param statistics the answer to {@code show stat -1 4 -1}
     * @param state the answer to {@code show servers state}
     */
    static List<ServerStatus> servers(String statistics, String state) {
        Map<String, Row> states = rows(state.lines().skip(1).toList(), " ").stream()
                .collect(Collectors.toMap(row -> row.text("be_name") + "/" + row.text("srv_name"), row -> row));
        List<ServerStatus> servers = new ArrayList<>();
        for (Row row : rows(statistics.lines().toList(), ",")) {
            Row known = states.get(row.text("pxname") + "/" + row.text("svname"));
            if (known != null) {
                servers.add(server(row, known));
            }
        }
        return servers;
    }

    private static ServerStatus server(Row statistics, Row state) {
        String check = statistics.text("check_status");
        String answer = (statistics.text("check_code") + " " + statistics.text("last_chk")).strip();
        return new ServerStatus(
                statistics.text("pxname"),
                statistics.text("svname"),
                statistics.text("addr"),
                mode((int) state.number("srv_admin_state")),
                state.number("srv_op_state") != STOPPED,
                check.startsWith("* ") ? check.substring(2) : check, // a check is under way
                statistics.text("check_desc") + (answer.isEmpty() ? "" : ": " + answer),
                statistics.number("scur") + statistics.number("qcur"),
                counters(statistics));
    }

    private static ServerStatus.Mode mode(int bits) {
        if ((bits & MAINTENANCE) != 0) {
            return ServerStatus.Mode.MAINTENANCE;
        }
        return (bits & DRAIN) != 0 ? ServerStatus.Mode.DRAIN : ServerStatus.Mode.READY;
    }

    private static Counters counters(Row row) {
        if (row.text("mode").equals("tcp")) {
            return connections(row);
        }
        long answers = Stream.of("hrsp_1xx", "hrsp_2xx", "hrsp_3xx", "hrsp_4xx", "hrsp_5xx", "hrsp_other")
                .mapToLong(row::number)
                .sum();
        long lost = row.number("econ") + row.number("eresp");
        return new Counters(answers, row.number("hrsp_5xx"), lost + row.number("wretr") + row.number("wredis"), lost);
    }

    /** Where no answer can be told from another, what counts is whether a connection could be made. */
    private static Counters connections(Row row) {
        long lost = row.number("econ");
        return new Counters(row.number("stot") - lost, 0, lost + row.number("wretr") + row.number("wredis"), lost);
    }

    /** The rows of a table whose first line names the columns, after a {@code #}. */
    private static List<Row> rows(List<String> lines, String separator) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("# ")) {
            throw new HaproxyException("HAProxy's table is not understood: " + lines, "run 'portolan doctor'");
        }
        List<String> columns = List.of(lines.getFirst().substring(2).split(separator, -1));
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> new Row(columns, List.of(line.split(separator, -1))))
                .toList();
    }

    private record Row(List<String> columns, List<String> cells) {

        /** Empty when the table has no such column. */
        String text(String column) {
            int index = columns.indexOf(column);
            return index >= 0 && index < cells.size() ? cells.get(index) : "";
        }

        long number(String column) {
            String text = text(column);
            return text.isEmpty() ? 0 : Long.parseLong(text);
        }
    }
}
