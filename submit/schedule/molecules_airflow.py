"""Airflow 2.9 or newer, 3 too, with apache-airflow-providers-standard: the weekly model of the molecules.

On the worker, /opt/kindling is the unpacked tarball of mvn -Pdist package, and /var/lib/kindling a folder of the worker's user. The pipeline
skips what is done and tries again by itself, so Airflow's own retries only cover a worker that dies; the JSON object that it prints last
becomes the task's XCom.
"""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator

try:
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG

with DAG(
    dag_id="kindling_molecules",
    schedule="15 3 * * 1",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
) as dag:
    BashOperator(
        task_id="pipeline",
        bash_command="cd /var/lib/kindling && /opt/kindling/submit/kindling pipeline run /opt/kindling/submit/examples/molecules.yaml --date {{ ds }} --log json",
        retries=1,
        retry_delay=timedelta(minutes=5),
        do_xcom_push=True,
    )
